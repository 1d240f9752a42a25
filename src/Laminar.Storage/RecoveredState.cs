namespace Laminar.Storage;

/// <summary>What a folder held when the store was opened.</summary>
/// <param name="Manifest">The newest manifest that verified. Epoch 0: nothing was committed, but the WAL may hold rows.</param>
/// <param name="DamagedManifests">Newer manifests that didn't verify and were passed over; their epochs' sink output may already be visible.</param>
public sealed record RecoveredState(Manifest Manifest, IReadOnlyList<string> DamagedManifests);
