using Laminar.Linux;
using Microsoft.Extensions.Logging;

namespace Laminar.Storage;

/// <summary>The manifests of a folder: finding the newest good one, adding one, and deleting what none of those kept needs.</summary>
internal sealed class ManifestFolder(IDevice device, string directory, int kept, ILogger logger)
{
    private readonly SortedDictionary<long, Manifest> _good = [];
    private readonly SortedDictionary<long, CorruptStateException> _damaged = [];

    /// <summary>The newest manifest that verified.</summary>
    internal Manifest? Newest => _good.Count == 0 ? null : _good.Last().Value;

    /// <summary>Manifests newer than <see cref="Newest"/> that didn't verify.</summary>
    internal IReadOnlyList<CorruptStateException> NewerDamaged =>
        _damaged.Where(d => Newest is null || d.Key > Newest.Epoch).Select(d => d.Value).ToArray();

    /// <summary>The highest epoch that any manifest's name mentions, or -1.</summary>
    internal long HighestEpoch => Math.Max(Newest?.Epoch ?? -1, _damaged.Count == 0 ? -1 : _damaged.Last().Key);

    /// <summary>Reads and checks every manifest.</summary>
    internal void Load(IReadOnlyList<string> files)
    {
        foreach (string name in files)
        {
            if (StoreFiles.TryParseManifest(name, out long epoch))
            {
                Load(name, epoch);
            }
        }
    }

    /// <summary>Makes a manifest durable: temporary file, sync, rename, sync of the folder. Blocks.</summary>
    internal void Add(Manifest manifest)
    {
        string name = StoreFiles.Manifest(manifest.Epoch);
        string temporary = name + StoreFiles.Temporary;
        byte[] bytes = ManifestFormat.Write(manifest);

        // The snapshots' names must be durable before the manifest that mentions them.
        device.SyncDirectory();
        device.Delete(temporary);
        using (IDeviceFile file = device.Create(temporary, 0))
        {
            file.Write(0, bytes);
            file.Sync();
        }

        device.Rename(temporary, name);
        device.SyncDirectory();
        _good.Add(manifest.Epoch, manifest);
    }

    /// <summary>Deletes manifests beyond those kept, then what only they named. Blocks.</summary>
    internal void Clean()
    {
        int excess = _good.Count - kept;
        foreach (long epoch in _good.Keys.Take(Math.Max(0, excess)).ToArray())
        {
            device.Delete(StoreFiles.Manifest(epoch));
            _good.Remove(epoch);
        }

        long oldest = _good.Keys.First();
        foreach (long epoch in _damaged.Keys.Where(e => e < oldest).ToArray())
        {
            device.Delete(StoreFiles.Manifest(epoch));
            _damaged.Remove(epoch);
        }

        if (excess > 0)
        {
            // First the names of the manifests are gone for good, then the files that they named: never the other way round.
            device.SyncDirectory();
        }

        DeleteUnnamed();
    }

    private void DeleteUnnamed()
    {
        long newest = Newest!.Epoch;
        var named = new HashSet<string>(_good.Values.SelectMany(m => m.Sections).Select(s => s.File), StringComparer.Ordinal);
        var firstSegments = new Dictionary<int, long>();
        foreach (Manifest manifest in _good.Values)
        {
            for (int core = 0; core < manifest.Cores; core++)
            {
                long segment = manifest.Wal.FirstOrDefault(w => w.Core == core).Segment;
                firstSegments[core] = Math.Min(segment, firstSegments.GetValueOrDefault(core, long.MaxValue));
            }
        }

        foreach (string name in device.List())
        {
            bool snapshot = StoreFiles.TryParseSnapshot(name, out _, out long epoch);
            bool unneeded = snapshot
                ? epoch <= newest && !named.Contains(name) && !_damaged.ContainsKey(epoch)
                : StoreFiles.TryParseSegment(name, out int core, out long segment) && segment < firstSegments.GetValueOrDefault(core, 0);
            if (unneeded)
            {
                device.Delete(name);
            }
        }
    }

    private void Load(string name, long epoch)
    {
        string path = Path.Combine(directory, name);
        using IDeviceFile file = device.Open(name);
        long length = file.Length;
        if (length > ManifestFormat.MaxBytes)
        {
            Damaged(epoch, new CorruptStateException(path, 0, $"it has {length} bytes, more than a manifest can have."));
            return;
        }

        byte[] bytes = new byte[(int)length];
        int read = file.Read(0, bytes);
        Manifest? manifest = ManifestFormat.TryRead(bytes.AsMemory(0, read), out long offset, out string problem);
        if (manifest is not null && manifest.Epoch != epoch)
        {
            problem = $"it is the manifest of epoch {manifest.Epoch} under another name";
            manifest = null;
        }

        if (manifest is null)
        {
            Damaged(epoch, new CorruptStateException(path, offset, problem + ". Restore it from a copy."));
        }
        else
        {
            _good.Add(epoch, manifest);
        }
    }

    private void Damaged(long epoch, CorruptStateException error)
    {
        _damaged.Add(epoch, error);
        logger.LogError("{Problem} An older manifest is used if there is one.", error.Message);
    }
}
