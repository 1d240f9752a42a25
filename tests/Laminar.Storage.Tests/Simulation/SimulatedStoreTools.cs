using System.Buffers;
using System.Text;

namespace Laminar.Storage.Tests.Simulation;

/// <summary>Epochs on a simulated disk, driven until they are done.</summary>
internal static class SimulatedStoreTools
{
    public static Task CommitAsync(this StateStore store, long epoch, long rows, SimulatedDevice disk)
    {
        Assert.That(store.Wal[0].TryAppendBarrier(epoch, out WalPosition position), Is.True);
        SnapshotWriter snapshot = store.BeginSnapshot(0, epoch);
        snapshot.BeginSection("task").Write(Encoding.UTF8.GetBytes("state " + epoch));
        snapshot.EndSection();
        Task<IReadOnlyList<SnapshotSection>> sections = snapshot.CompleteAsync();
        while (disk.Step())
        {
        }

        Manifest manifest = store.Compose(new EpochCommit
        {
            Epoch = epoch,
            Wal = [position],
            Sections = sections.Result,
            Sources = [new SourcePosition("trades", 0, Encoding.UTF8.GetBytes("position"), rows, 7)],
            Sinks = [new SinkToken("sink", Encoding.UTF8.GetBytes("token"))],
        });
        var done = new TaskCompletionSource();
        store.Commit(manifest, done);
        return done.Task;
    }
}
