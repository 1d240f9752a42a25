namespace Laminar.Connectors.Files.Writing;

/// <summary>Brings prepared parts to where readers see them. Every member may be called again after a crash at any point of it.</summary>
internal interface IPublisher : IDisposable
{
    /// <summary>The file that the open epoch's rows go to; nobody reads it.</summary>
    string OpenPart { get; }

    /// <summary>A start without saved state publishes its first epoch even when it is empty.</summary>
    bool PublishesEmpty { get; }

    /// <summary>Whether the part that begins now begins a file.</summary>
    bool BeginsFile(long length);

    /// <summary>The finished, synced <see cref="OpenPart"/> becomes the part of an epoch, durably.</summary>
    void Keep(long epoch);

    /// <summary>Makes an epoch visible.</summary>
    /// <param name="prepared">The epoch.</param>
    /// <param name="kept">Epochs of this run whose rows may be visible already.</param>
    void Publish(PreparedEpoch prepared, IReadOnlyCollection<PreparedEpoch> kept);

    /// <summary>After a start: throws away what no manifest names.</summary>
    /// <param name="committed">The last epoch that counts.</param>
    /// <param name="length">What the target holds by then, in the content's unit; negative when nothing is known of it.</param>
    void CleanUp(long committed, long length);
}
