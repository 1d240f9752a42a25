using System.Text;

namespace Laminar.Formats.Tests;

/// <summary>What readers see of a sink, whatever crashes between which steps.</summary>
public sealed class FileSinkTests
{
    private const int Epochs = 5;

    private static readonly string[] Targets = ["out.jsonl", "out.csv", "out.arrow", "out.arrows", "parts/"];

    private static Reading[] RowsOf(long epoch) => epoch % 3 == 2
        ? []
        : [.. Enumerable.Range(0, 3).Select(i => new Reading((epoch * 10) + i, $"epoch {epoch}", i, DateTime.UnixEpoch, null))];

    private static Reading[] All(long epochs) => [.. Enumerable.Range(1, (int)epochs).SelectMany(e => RowsOf(e))];

    private static FileAppendSink<Reading> Sink(Folder folder, string target) => FileSink.Append<Reading>(new FileSinkOptions
    {
        Path = folder[target],
        Format = target == "parts/" ? FileFormat.Json : FileFormat.Auto,
        Layout = target.EndsWith("arrows", StringComparison.Ordinal) ? ArrowLayout.Stream : ArrowLayout.File,
    });

    private static List<Reading> Visible(Folder folder, string target)
    {
        bool any = target == "parts/" ? Directory.Exists(folder[target]) && Directory.GetFiles(folder[target], "part-*").Length > 0 : File.Exists(folder[target]);
        return any ? new SourceRun().ReadAll<Reading>(new FileSourceOptions { Path = target == "parts/" ? folder["parts/*.jsonl"] : folder[target] }) : [];
    }

    private static void LeaveOldOutput(Folder folder, string target)
    {
        Reading[] old = [.. Enumerable.Range(900, 20).Select(i => new Reading(i, "old", 0, DateTime.UnixEpoch, null))];
        if (target == "parts/")
        {
            Directory.CreateDirectory(folder[target]);
            foreach (long epoch in new long[] { 1, 2, 9 })
            {
                SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder["tmp.jsonl"] }), old);
                File.Move(folder["tmp.jsonl"], folder[$"parts/part-{epoch:D10}.jsonl"]);
            }
        }
        else
        {
            SinkRun.Write(Sink(folder, target), old);
        }
    }

    /// <summary>
    /// The steps of a run are: per epoch write, prepare, manifest, commit. The process is dropped behind step n, for every n; a new one recovers from the last
    /// manifest and runs to the end. At every moment a reader sees the rows of committed epochs only, and at the end each row once.
    /// </summary>
    [Test, Combinatorial]
    public void A_crash_behind_any_step([ValueSource(nameof(Targets))] string target, [Values] bool oldOutput, [Values(1, 2)] int inFlight)
    {
        for (int crash = 0; crash <= 4 * Epochs; crash++)
        {
            using var folder = new Folder();
            if (oldOutput)
            {
                LeaveOldOutput(folder, target);
            }

            List<Reading> before = Visible(folder, target);
            var manifest = (Epoch: 0L, Token: Array.Empty<byte>());
            int steps = 0;
            Run(folder, target, ref manifest, () => steps++ < crash, inFlight);
            List<Reading> seen = Visible(folder, target);
            Assert.That(
                seen.SequenceEqual(before) || Enumerable.Range(0, Epochs + 1).Any(e => seen.SequenceEqual(All(e))), $"a torn or double row after crash {crash}");
            Run(folder, target, ref manifest, () => true, inFlight);
            Assert.That(Visible(folder, target), Is.EqualTo(All(Epochs)), $"crash {crash}");
            string hiddenIn = target == "parts/" ? folder[target] : folder.Path;
            Assert.That(Directory.GetFiles(hiddenIn).Where(f => Path.GetFileName(f).StartsWith('.')), Is.Empty, $"left behind, crash {crash}");
        }
    }

    /// <summary>Runs from the last manifest to the end or until a step is denied; nothing is disposed in order, as in a crash.</summary>
    private static void Run(Folder folder, string target, ref (long Epoch, byte[] Token) manifest, Func<bool> step, int inFlight)
    {
        using ISinkWriter<Reading> writer = Sink(folder, target).Open(SinkRun.Context);
        writer.Recover(manifest.Epoch, manifest.Token);
        var waiting = new Queue<(long Epoch, byte[] Token)>();
        for (long epoch = manifest.Epoch + 1; epoch <= Epochs; epoch++)
        {
            if (!step())
            {
                return;
            }

            writer.Write(RowsOf(epoch));
            if (!step())
            {
                return;
            }

            byte[] token = SinkRun.Prepare(writer, epoch);
            Assert.That(SinkRun.Prepare(writer, epoch), Is.EqualTo(token), "prepare is idempotent");
            if (!step())
            {
                return;
            }

            manifest = (epoch, token);
            waiting.Enqueue(manifest);
            if (waiting.Count < inFlight && epoch < Epochs)
            {
                continue;
            }

            if (!step())
            {
                return;
            }

            while (waiting.TryDequeue(out (long Epoch, byte[] Token) next))
            {
                writer.Commit(next.Epoch, next.Token);
                writer.Commit(next.Epoch, next.Token);
            }
        }
    }

    /// <summary>A crash inside commit: the new file was renamed into place, but its part is still there.</summary>
    [TestCase("out.jsonl")]
    [TestCase("out.csv")]
    [TestCase("out.arrow")]
    public void A_part_that_was_published_but_not_deleted_counts_once(string target)
    {
        using var folder = new Folder();
        byte[] token;
        Dictionary<string, byte[]> prepared;
        using (ISinkWriter<Reading> writer = Sink(folder, target).Open(SinkRun.Context))
        {
            writer.Recover(0, default);
            writer.Write(RowsOf(1));
            writer.Commit(1, SinkRun.Prepare(writer, 1));
            writer.Write(RowsOf(3));
            token = SinkRun.Prepare(writer, 2);
            prepared = folder.Contents();
            writer.Commit(2, token);
        }

        foreach ((string name, byte[] bytes) in prepared.Where(f => f.Key.StartsWith('.')))
        {
            folder.Write(name, bytes);
        }

        folder.Write($".{target}.laminar-next", "half a fi");
        using (ISinkWriter<Reading> again = Sink(folder, target).Open(SinkRun.Context))
        {
            again.Recover(2, token);
        }

        Assert.That(Visible(folder, target), Is.EqualTo(RowsOf(1).Concat(RowsOf(3))));
        Assert.That(folder.Contents().Keys, Is.EqualTo(new[] { target }));
    }

    /// <summary>The newest manifest was damaged and the one before it counts: what came behind is taken back.</summary>
    [TestCase("out.jsonl")]
    [TestCase("out.arrow")]
    [TestCase("parts/")]
    public void An_older_manifest_takes_published_epochs_back(string target)
    {
        using var folder = new Folder();
        var tokens = new List<byte[]> { Array.Empty<byte>() };
        using (ISinkWriter<Reading> writer = Sink(folder, target).Open(SinkRun.Context))
        {
            writer.Recover(0, default);
            for (long epoch = 1; epoch <= 4; epoch++)
            {
                writer.Write(RowsOf(epoch));
                tokens.Add(SinkRun.Prepare(writer, epoch));
                writer.Commit(epoch, tokens[^1]);
            }
        }

        using (ISinkWriter<Reading> again = Sink(folder, target).Open(SinkRun.Context))
        {
            again.Recover(3, tokens[3]);
            Assert.That(Visible(folder, target), Is.EqualTo(All(3)));
            again.Write(RowsOf(4));
            again.Commit(4, SinkRun.Prepare(again, 4));
        }

        Assert.That(Visible(folder, target), Is.EqualTo(All(4)));
    }

    [Test]
    public void No_rows_no_IO()
    {
        using var folder = new Folder();
        using ISinkWriter<Reading> writer = Sink(folder, "out.jsonl").Open(SinkRun.Context);
        writer.Recover(0, default);
        writer.Write(RowsOf(1));
        writer.Commit(1, SinkRun.Prepare(writer, 1));
        DateTime written = File.GetLastWriteTimeUtc(folder["out.jsonl"]);
        string inode = string.Join(',', folder.Contents().Keys);
        File.SetLastWriteTimeUtc(folder["out.jsonl"], DateTime.UnixEpoch);
        for (long epoch = 2; epoch < 50; epoch++)
        {
            writer.Write([]);
            writer.Commit(epoch, SinkRun.Prepare(writer, epoch));
        }

        Assert.That(File.GetLastWriteTimeUtc(folder["out.jsonl"]), Is.EqualTo(DateTime.UnixEpoch), $"was {written}");
        Assert.That(string.Join(',', folder.Contents().Keys), Is.EqualTo(inode));
    }

    [Test]
    public void A_run_without_rows_leaves_an_empty_file_not_the_old_one()
    {
        using var folder = new Folder();
        folder.Write("out.csv", "old\n");
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder["out.csv"] }));
        Assert.That(File.ReadAllText(folder["out.csv"]), Is.EqualTo("sensor_id,place,value,ts,note\n"));
    }

    [Test]
    public void A_file_that_something_else_cut_is_refused()
    {
        using var folder = new Folder();
        byte[] token;
        using (ISinkWriter<Reading> writer = Sink(folder, "out.jsonl").Open(SinkRun.Context))
        {
            writer.Recover(0, default);
            writer.Write(RowsOf(1));
            token = SinkRun.Prepare(writer, 1);
            writer.Commit(1, token);
        }

        folder.Write("out.jsonl", "{}\n");
        using (ISinkWriter<Reading> writer = Sink(folder, "out.jsonl").Open(SinkRun.Context))
        {
            Assert.That(Assert.Throws<LaminarException>(() => writer.Recover(1, token))!.Message, Does.Contain("something else changed it"));
            Assert.That(Assert.Throws<LaminarException>(() => writer.Recover(1, token.AsSpan(0, 5)))!.Message, Does.Contain("damaged"));
        }
    }

    [Test]
    public void Two_sinks_on_one_target_are_refused()
    {
        using var folder = new Folder();
        using ISinkWriter<Reading> first = Sink(folder, "out.jsonl").Open(SinkRun.Context);
        Assert.That(Assert.Throws<LaminarException>(() => Sink(folder, "out.jsonl").Open(SinkRun.Context))!.Message, Does.Contain("Two sinks write to"));
    }

    [Test]
    public void Changes_go_to_a_changelog_sink_with_their_kind()
    {
        using var folder = new Folder();
        SinkRun.Write(
            FileSink.Changelog<Change>(new FileSinkOptions { Path = folder["made/on/the/way/out.csv"] }),
            new Change(RowKind.Insert, 1, "a"), new Change(RowKind.Delete, 1, "a"));
        Assert.That(File.ReadAllText(folder["made/on/the/way/out.csv"]), Is.EqualTo("kind,id,name\ninsert,1,a\ndelete,1,a\n"));
    }

    [Test]
    public void What_a_folder_holds_besides_parts_stays()
    {
        using var folder = new Folder();
        folder.Write("notes.txt", "mine");
        folder.Write("part-of-me.txt", "mine");
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder.Path, Format = FileFormat.Json }), RowsOf(1));
        Assert.That(folder.Contents().Keys, Is.EquivalentTo(new[] { "notes.txt", "part-of-me.txt", "part-0000000001.jsonl" }));
        Assert.That(Encoding.UTF8.GetString(folder.Contents()["notes.txt"]), Is.EqualTo("mine"));
    }

    /// <summary>Files of other programs, called part-something too; a start replaces, and a recovery takes back, only what a sink of this kind writes.</summary>
    [Test]
    public void Parts_of_others_stay_at_a_start_and_at_a_recovery()
    {
        string[] others = ["part-1.jsonl", "part-00009.jsonl", "part-00000000009.jsonl", "part-0000000009.csv", "part-0000000009", "part-0000000009.jsonl.crc", "part-00009-a1b2.parquet", "Part-0000000009.jsonl"];
        using var folder = new Folder();
        Array.ForEach(others, name => folder.Write(name, "theirs"));
        folder.Write("part-0000000009.jsonl", "{}\n"); // an earlier run's
        var options = new FileSinkOptions { Path = folder.Path, Format = FileFormat.Json };
        byte[] token;
        using (ISinkWriter<Reading> writer = FileSink.Append<Reading>(options).Open(SinkRun.Context))
        {
            writer.Recover(0, default);
            writer.Write(RowsOf(1));
            token = SinkRun.Prepare(writer, 1);
            writer.Commit(1, token);
        }

        Assert.That(folder.Contents().Keys, Is.EquivalentTo(others.Append("part-0000000001.jsonl")));
        folder.Write("part-0000000002.jsonl", "{}\n"); // of an epoch that no manifest names
        using (ISinkWriter<Reading> writer = FileSink.Append<Reading>(options).Open(SinkRun.Context))
        {
            writer.Recover(1, token);
        }

        Assert.That(folder.Contents().Keys, Is.EquivalentTo(others.Append("part-0000000001.jsonl")));
        Assert.That(others.Select(name => Encoding.UTF8.GetString(folder.Contents()[name])), Is.All.EqualTo("theirs"));
    }
}
