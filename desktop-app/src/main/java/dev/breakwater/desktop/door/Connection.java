package dev.breakwater.desktop.door;

/// How far what is shown can be trusted.
public enum Connection {
    /// There is no engine yet: nothing was set up.
    ABSENT,
    /// The engine was not heard yet.
    CONNECTING,
    /// The last question was answered.
    LIVE,
    /// The last question was not answered; what is shown was true a moment ago.
    STALE,
    /// The engine has not answered for [EngineDoor#LOST_AFTER]; what is shown is history.
    OFFLINE,
    /// This computer's engine does not run; it can be started from here.
    STOPPED
}
