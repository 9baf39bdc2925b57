package dev.breakwater.control.machine;

/// Addresses of the resources for machines. The caller's certificate says which machine it is.
public final class MachinePaths {

    /// GET with `?after=VERSION`, answers [MachineOrders] at once if its version is another, else when it changes or
    /// after 30 s.
    public static final String ORDERS = "/api/v1/machine/orders";

    /// POST [OrderResult] to `ORDERS/{orderId}/result`.
    public static final String RESULT_SUFFIX = "/result";

    /// PUT [MachineInventory].
    public static final String INVENTORY = "/api/v1/machine/inventory";

    /// POST [MachineStatus].
    public static final String STATUS = "/api/v1/machine/status";

    /// POST a certificate renewal, answers a registration answer.
    public static final String CERTIFICATE = "/api/v1/machine/certificate";

    /// DELETE ends the registration.
    public static final String REGISTRATION = "/api/v1/machine/registration";

    private MachinePaths() {}
}
