using System.Runtime.InteropServices;

namespace Ambient.Bindings.Linux;

/// <summary>What .NET can't do: make a rename durable. See fsync(2).</summary>
public static partial class FileSync
{
    private const int ReadOnlyFolder = 0x10000 | 0x80000; // O_DIRECTORY | O_CLOEXEC; arm64 has other numbers
    private const int ReadOnlyFolderArm64 = 0x4000 | 0x80000;

    /// <summary>Puts a folder's entries on the disk: files that were created, renamed or deleted in it.</summary>
    /// <exception cref="IOException">The folder is gone, or the disk failed.</exception>
    public static void SyncFolder(string path)
    {
        int descriptor = Open(path, RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? ReadOnlyFolderArm64 : ReadOnlyFolder);
        if (descriptor < 0) throw new IOException($"open of folder '{path}' failed: error {Marshal.GetLastPInvokeError()}");
        int code = Fsync(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (code != 0) throw new IOException($"fsync of folder '{path}' failed: error {error}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
