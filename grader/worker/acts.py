"""Acts that a wall should stop, as source for a child that tries them. Knows how each is done.

Each function does one forbidden thing to marks that the grader made, returns when it worked and raises when it did not.
The source runs in a child like an answer's; nothing here runs in the grader.
"""

SOURCE = '''
import ctypes, errno, os, socket
libc = ctypes.CDLL(None, use_errno=True)

def attempt(name, *marks):
    """done, or the name of the errno, or of the exception."""
    try:
        globals()[name](*marks)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error.errno)) if error.errno else type(error).__name__
    except BaseException as error:
        return type(error).__name__
    return "done"

def checked(result):
    if result < 0 or result == 2**64 - 1:
        raise OSError(ctypes.get_errno(), "refused")
    return result

def call(number, *arguments):
    return checked(libc.syscall(*map(ctypes.c_long, (number, *arguments))))

def read_file(path): open(path, "rb").close()
def list_home(): os.listdir(os.path.expanduser("~"))
def create_file(folder): os.close(os.open(folder + "/made", os.O_CREAT | os.O_WRONLY))
def create_in_shared_memory():
    os.close(os.open("/dev/shm/grader-probe", os.O_CREAT | os.O_WRONLY))
    os.unlink("/dev/shm/grader-probe")
def change_mode(path): os.chmod(path, 0o600)
def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
def run_program():
    code = os.posix_spawn("/bin/true", ["true"], {})
    if os.waitstatus_to_exitcode(os.waitpid(code, 0)[1]) != 0:
        raise PermissionError(errno.EPERM, "refused")
def signal_template(): os.kill(os.getppid(), 0)
def signal_other(pid): os.kill(pid, 0)
def read_memory_of_template(): open(f"/proc/{os.getppid()}/mem", "rb").close()
def read_environment_of_other(pid): open(f"/proc/{pid}/environ", "rb").read()
def trace_other(pid):
    checked(libc.ptrace(16, pid, None, None))
    os.waitpid(pid, 0)
    libc.ptrace(17, pid, None, None)
def connect_by_tcp(port): socket.create_connection(("127.0.0.1", port), 2).close()
def send_by_udp(): socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", 9))
def connect_to_abstract_socket(name):
    client = socket.socket(socket.AF_UNIX)
    client.connect("\\0" + name)
    client.close()
def netlink(): socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()
def memory_file(): os.close(os.memfd_create("probe"))
def shared_segment():
    segment = checked(libc.shmget(0, 4096, 0o1600))
    libc.shmctl(segment, 0, None)
def new_namespace(): checked(libc.unshare(0x10000000))
def io_uring():
    parameters = ctypes.create_string_buffer(120)
    call(425, 1, ctypes.addressof(parameters))
def mount(folder): checked(libc.mount(b"none", folder.encode(), b"tmpfs", 0, None))
def become_root():
    os.setuid(0)
    os.setgroups([12345])
def outlive():
    checked(libc.prctl(1, 0, 0, 0, 0))
    if os.fork() == 0:
        os._exit(0)
    os.wait()
def import_other_package(): import msgspec
def allocate(size): bytearray(size)
'''
