using Laminar.Runtime.Graph;
using Laminar.Storage;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>What the log holds behind the saved position of a source.</summary>
public class RecoveredSourcesTests
{
    [Test]
    public async Task A_logged_batch_on_both_sides_of_a_barrier_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("laminar-straddle-").FullName;
        try
        {
            await WriteAsync(folder, [(0, 5), (5, 2)]);
            await using (StateStore sound = Open(folder))
            {
                Assert.That(RecoveredSources.Read(sound).ReplayOf("trades", 0).Select(r => (r.FirstRow, r.Rows)), Is.EqualTo(new[] { (5L, 2) }));
            }

            Directory.Delete(folder, recursive: true);
            await WriteAsync(folder, [(3, 4)]);
            await using StateStore broken = Open(folder);
            Assert.That(() => RecoveredSources.Read(broken), Throws.TypeOf<LaminarException>().With.Message.Contains("rows 3 to 6").And.Message.Contains("at row 5"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>An epoch whose position is row 5, and records behind its barrier.</summary>
    private static async Task WriteAsync(string folder, (long First, int Count)[] records)
    {
        await using StateStore store = Open(folder);
        WalWriter wal = store.Wal[0];
        Assert.That(wal.TryAppendBarrier(1, out WalPosition position), Is.True);
        long last = 0;
        foreach ((long first, int count) in records)
        {
            Assert.That(wal.TryAppendRows(new WalSource("trades", 0), first, count, [1, 2, 3], out last), Is.True);
        }

        await wal.WaitDurableAsync(last);
        await store.CommitAsync(new EpochCommit
        {
            Epoch = 1, Sources = [new SourcePosition("trades", 0, Array.Empty<byte>(), 5, long.MinValue)], Wal = [position], Sections = [], Sinks = [],
        });
    }

    private static StateStore Open(string folder) => StateStore.Open(new StateStoreOptions { Directory = folder, Cores = 1, UseIoUring = false });
}
