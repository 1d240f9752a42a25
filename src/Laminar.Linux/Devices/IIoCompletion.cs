namespace Laminar.Linux;

/// <summary>Told when a <see cref="IDeviceFile.BeginWrite"/> has ended. Called on the device's own thread; must be brief and must not throw.</summary>
public interface IIoCompletion
{
    /// <param name="error">Null when the bytes are durable.</param>
    void Completed(IOException? error);
}
