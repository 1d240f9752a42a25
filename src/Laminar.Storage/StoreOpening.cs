using Laminar.Linux;
using Microsoft.Extensions.Logging;

namespace Laminar.Storage;

/// <summary>The steps from a folder to an open store.</summary>
internal sealed class StoreOpening(StateStoreOptions options, ILogger logger)
{
    /// <summary>The layouts that are saved and compared: those of tasks with state.</summary>
    internal static IReadOnlyDictionary<string, string> Layouts(StateStoreOptions options) =>
        options.Fingerprints.Where(f => f.Value.Length > 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    internal StateStore Run()
    {
        CheckOptions();
        IDevice device = options.Device ?? NativeDevice.Open(options.Directory, options.UseIoUring, logger);
        IDisposable? held = null;
        try
        {
            held = Lock(device);
            return Open(device, held);
        }
        catch (Exception e)
        {
            held?.Dispose();
            device.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new StorageException($"The state in {options.Directory} can't be opened: {e.Message}", e);
            }

            throw;
        }
    }

    private IDisposable Lock(IDevice device)
    {
        try
        {
            return device.Lock();
        }
        catch (IOException e)
        {
            throw new LaminarException(
                $"The folder {options.Directory} is in use by another runtime (see {StoreFiles.LockFile} in it): stop that one, or use another folder. {e.Message}", e);
        }
    }

    private StateStore Open(IDevice device, IDisposable held)
    {
        IReadOnlyList<string> files = device.List();
        foreach (string name in files.Where(f => f.EndsWith(StoreFiles.Temporary, StringComparison.Ordinal)))
        {
            device.Delete(name);
        }

        var manifests = new ManifestFolder(device, options.Directory, options.ManifestsKept, logger);
        manifests.Load(files);
        RecoveredState? recovered = null;
        var tails = new WalTail[options.Cores];
        if (manifests.Newest is { } newest)
        {
            recovered = new RecoveredState(newest, manifests.NewerDamaged.Select(d => d.File).ToArray());
            ManifestCheck.Verify(newest, options);

            // Its name may not be durable yet: it must be before anything older is deleted.
            device.SyncDirectory();
            CheckSnapshots(device, newest);
            for (int core = 0; core < tails.Length; core++)
            {
                tails[core] = RecoverWal(device, newest, core, files);
            }
        }
        else
        {
            RefuseRemains(manifests, files);
            manifests.Add(new Manifest { Epoch = 0, Cores = options.Cores, KeyGroups = options.KeyGroups, Fingerprints = Layouts(options) });
            Array.Fill(tails, new WalTail([], 0, 0, 1));
        }

        long highest = Math.Max(manifests.HighestEpoch, tails.Max(t => t.HighestEpoch));
        foreach (string name in files)
        {
            highest = StoreFiles.TryParseSnapshot(name, out _, out long epoch) ? Math.Max(highest, epoch) : highest;
        }

        manifests.Clean();
        if (recovered is not null)
        {
            // Segments that were deleted must not come back between those written from now on.
            device.SyncDirectory();
            logger.LogInformation(
                "State in {Directory} is recovered from epoch {Epoch}; {Records} log records follow it.",
                options.Directory,
                recovered.Manifest.Epoch,
                tails.Select((t, core) => t.LastSequence - recovered.Manifest.Wal.FirstOrDefault(w => w.Core == core).Sequence).Sum());
        }

        return new StateStore(device, held, options, manifests, recovered, tails, highest + 1, logger);
    }

    private WalTail RecoverWal(IDevice device, Manifest manifest, int core, IReadOnlyList<string> files)
    {
        var segments = new List<long>();
        foreach (string name in files)
        {
            if (StoreFiles.TryParseSegment(name, out int owner, out long segment) && owner == core)
            {
                segments.Add(segment);
            }
        }

        segments.Sort();
        WalPosition from = manifest.Wal.FirstOrDefault(w => w.Core == core);
        return new WalRecovery(device, options.Directory, core, logger).Run(from, segments);
    }

    private void CheckSnapshots(IDevice device, Manifest manifest)
    {
        foreach (IGrouping<string, SnapshotSection> sections in manifest.Sections.GroupBy(s => s.File, StringComparer.Ordinal))
        {
            string path = Path.Combine(options.Directory, sections.Key);
            long needed = sections.Max(s => s.Offset + s.Length);
            try
            {
                using IDeviceFile file = device.Open(sections.Key);
                if (file.Length < needed)
                {
                    throw new CorruptStateException(
                        path, file.Length, $"it ends there, and the manifest of epoch {manifest.Epoch} needs {needed} bytes. Restore it from a copy.");
                }
            }
            catch (FileNotFoundException e)
            {
                throw new CorruptStateException(path, 0, $"it is missing, and the manifest of epoch {manifest.Epoch} needs it. Restore it from a copy.", e);
            }
        }
    }

    private void RefuseRemains(ManifestFolder manifests, IReadOnlyList<string> files)
    {
        if (manifests.NewerDamaged is [.., { } damaged])
        {
            throw new CorruptStateException(
                damaged.File, damaged.Offset, "no other manifest can be read either. Restore one from a copy, or use an empty folder.", damaged);
        }

        foreach (string name in files)
        {
            if (StoreFiles.TryParseSegment(name, out _, out _) || StoreFiles.TryParseSnapshot(name, out _, out _))
            {
                throw new CorruptStateException(
                    Path.Combine(options.Directory, StoreFiles.Manifest(0)), 0, $"every manifest is missing, though {name} is there. Restore one from a copy, or use an empty folder.");
            }
        }
    }

    private void CheckOptions()
    {
        Check(options.Cores, 1, 1024, nameof(options.Cores));
        Check(options.KeyGroups, 1, 1 << 16, nameof(options.KeyGroups));
        Check(options.ManifestsKept, 1, 1000, nameof(options.ManifestsKept));
        Check(options.SegmentBytes, 4 << 10, 1 << 30, nameof(options.SegmentBytes));
        Check(options.WalBufferBytes, 4 << 10, 64 << 20, nameof(options.WalBufferBytes));
    }

    private static void Check(long value, long least, long most, string name)
    {
        if (value < least || value > most)
        {
            throw new LaminarException($"{name} = {value} is out of range: {least} to {most}.");
        }
    }
}
