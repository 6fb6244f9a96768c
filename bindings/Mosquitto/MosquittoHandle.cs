using System.Runtime.InteropServices;

namespace Ambient.Bindings.Mosquitto;

/// <summary>Owns a <c>struct mosquitto *</c>.</summary>
internal sealed class MosquittoHandle : SafeHandle
{
    internal MosquittoHandle(nint client) : base(nint.Zero, ownsHandle: true) => SetHandle(client);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMethods.Destroy(handle);
        return true;
    }
}
