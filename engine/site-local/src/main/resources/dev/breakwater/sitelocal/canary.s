# The canary: a boot sector that does what boot loaders and kernels do at their start, and then says so.
# Some computers offer hardware virtualisation that loses its way here (virtual machines inside virtual machines).
#
#   as --64 canary.s -o canary.o && ld -m elf_x86_64 -Ttext 0x7c00 --oformat binary -o canary.bin canary.o
#
# Success is the byte 0x2a on QEMU's isa-debug-exit port 0xf4: QEMU then ends with status 0x2a * 2 + 1 = 85.
.code16
.globl _start
_start:
    cli
    xorw %ax,%ax
    movw %ax,%ds
    movw %ax,%es
    movw %ax,%ss
    movw $0x7000,%sp
    # own real-mode interrupt 0x80 with iret, many times
    movw $isr16, 0x80*4
    movw $0, 0x80*4+2
    movw $1000,%cx
1:  int $0x80
    loop 1b
    # BIOS service: text
    movw $0x0e4b,%ax
    int $0x10
    # read sector via int 13h extended? use reset
    xorw %ax,%ax
    movb $0x80,%dl
    int $0x13
    sti
    # wait for a timer tick
    movw 0x46c,%bx
2:  hlt
    cmpw 0x46c,%bx
    je 2b
    cli
    inb $0x92,%al
    orb $2,%al
    outb %al,$0x92
    lgdt gdtr
    movl %cr0,%eax
    orl $1,%eax
    movl %eax,%cr0
    ljmp $0x08,$pm
isr16: iret
.code32
pm:
    movw $0x10,%ax
    movw %ax,%ds
    movw %ax,%es
    movw %ax,%ss
    # back to real mode and again to protected, as boot loaders do
    movl $0x9000,%edi
    xorl %eax,%eax
    movl $0xc00,%ecx
    rep stosl
    movl $0xa003,0x9000
    movl $0xb003,0xa000
    movl $0x83,0xb000
    movl $0x9000,%eax
    movl %eax,%cr3
    movl %cr4,%eax
    orl $0x20,%eax
    movl %eax,%cr4
    movl $0xc0000080,%ecx
    rdmsr
    orl $0x100,%eax
    wrmsr
    movl %cr0,%eax
    orl $0x80000000,%eax
    movl %eax,%cr0
    ljmp $0x18,$lm
.code64
lm:
    movl $0x6000,%esp
    xorl %eax,%eax
    cpuid
    # iretq to ourselves
    movl $done,%eax
    pushq $0x10
    pushq $0x6000
    pushfq
    pushq $0x18
    pushq %rax
    iretq
done:
    movb $0x2a,%al
    outb %al,$0xf4
3:  hlt
    jmp 3b
.balign 8
gdt: .quad 0, 0x00cf9a000000ffff, 0x00cf92000000ffff, 0x00af9a000000ffff
gdtr: .word 31
 .long gdt
.org 510
.word 0xaa55
