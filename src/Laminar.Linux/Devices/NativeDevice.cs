using Microsoft.Extensions.Logging;

namespace Laminar.Linux;

/// <summary>Chooses how a folder is written to.</summary>
public static class NativeDevice
{
    /// <summary>io_uring where the kernel lets us, otherwise positional writes and fdatasync; the choice and its reason are logged.</summary>
    /// <param name="directory">Created when it isn't there.</param>
    /// <param name="useIoUring">False: don't even try.</param>
    /// <param name="logger">Where the choice is logged.</param>
    public static IDevice Open(string directory, bool useIoUring, ILogger logger) =>
        throw new PlatformNotSupportedException(directory + useIoUring + logger);
}
