using System.Buffers;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamSource("accounts")]
public readonly partial record struct AccountChange(RowKind Kind, string Id, string Branch, long Balance);

/// <summary>Its kind is a field by another name.</summary>
[StreamSource("branches")]
public sealed partial class BranchChange
{
    public RowKind Op;

    public string Name { get; set; } = "";

    public long Most { get; set; }
}

[StreamQuery("SELECT branch, COUNT(*) AS n, SUM(balance) AS total, MAX(balance) AS most FROM accounts GROUP BY branch")]
public sealed partial class BranchTotals;

[StreamQuery("SELECT a.id, a.balance, b.most FROM accounts a JOIN branches b ON a.branch = b.name AND a.balance > b.most")]
public sealed partial class Beyond;

[StreamQuery("SELECT id, balance FROM accounts WHERE balance >= 500")]
public sealed partial class Rich;

/// <summary>Sources whose rows are changes, through the runtime and by themselves, against what the changes leave behind.</summary>
public sealed class ChangeSourceTests
{
    private static readonly AccountChange[] Accounts = [.. Changes()];

    private static readonly BranchChange[] Branches =
    [
        .. Enumerable.Range(0, 5).Select(i => new BranchChange { Op = RowKind.Insert, Name = "B" + i, Most = 100 * i }),
        new() { Op = RowKind.UpdateBefore, Name = "B1", Most = 100 },
        new() { Op = RowKind.UpdateAfter, Name = "B1", Most = 700 },
        new() { Op = RowKind.Delete, Name = "B2", Most = 200 },
    ];

    private static AccountChange[] Left => [.. Accounts.GroupBy(a => a.Id).Select(g => g.Last()).Where(a => a.Kind != RowKind.Delete)];

    private static string[] ExpectedTotals => [.. Left.GroupBy(a => a.Branch).Select(g => new BranchTotals.Row(RowKind.Insert, g.Key, g.LongCount(), g.Sum(a => a.Balance), g.Max(a => a.Balance)).ToString())];

    private static string[] ExpectedBeyond => [.. from a in Left
                                                  join b in new (string Name, long Most)[] { ("B0", 0), ("B1", 700), ("B3", 300), ("B4", 400) } on a.Branch equals b.Name
                                                  where a.Balance > b.Most
                                                  select new Beyond.Row(RowKind.Insert, a.Id, a.Balance, b.Most).ToString()];

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(3, 2)]
    public async Task A_runtime_comes_to_the_same_on_any_number_of_cores(int cores, int partitions)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 64 });
        SourceHandle<AccountChange> accounts = laminar.AddSource<AccountChange>(new SourceOptions { Partitions = partitions });
        SourceHandle<BranchChange> branches = laminar.AddSource<BranchChange>();
        QueryHandle<BranchTotals.Row> totals = BranchTotals.AddTo(laminar);
        QueryHandle<Beyond.Row> beyond = Beyond.AddTo(laminar);
        await laminar.StartAsync();
        Task<List<BranchTotals.Row>> totalRows = Rows.Of(totals);
        Task<List<Beyond.Row>> beyondRows = Rows.Of(beyond);

        // An account's changes come through one partition.
        IGrouping<int, AccountChange>[] parts = [.. Accounts.GroupBy(a => int.Parse(a.Id[1..], System.Globalization.CultureInfo.InvariantCulture) % partitions)];
        Task push = Task.WhenAll(parts.Select(part => Task.Run(async () =>
        {
            foreach (AccountChange[] chunk in part.Chunk(37))
            {
                await accounts.PushAsync(chunk, part.Key);
            }
        })));
        await Rows.PushAsync(branches, Branches, 1);
        branches.Complete();
        await push;
        accounts.Complete();
        ChangedTests.AssertFinal(await totalRows, r => r with { Kind = RowKind.Insert }, ExpectedTotals);
        ChangedTests.AssertFinal(await beyondRows, r => r with { Kind = RowKind.Insert }, ExpectedBeyond);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(int.MaxValue)]
    public void The_steps_are_the_same_however_rows_are_cut_and_wherever_it_is_restored(int size)
    {
        var rows = new List<Rich.Row>();
        Rich.Query<Execution.ActionSink<Rich.Row>> query = Rich.Create(rows.Add);
        foreach (AccountChange[] part in Accounts.Chunk(size))
        {
            if (part.Length == 1)
            {
                query.Push(in part[0]);
            }
            else
            {
                query.Push(part);
            }

            var saved = new ArrayBufferWriter<byte>();
            query.Snapshot(saved);
            query.Dispose();
            query = Rich.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
        }

        query.Complete();
        query.Dispose();
        Assert.That(rows, Is.EqualTo(ExpectedRich()).AsCollection);
    }

    private static List<Rich.Row> ExpectedRich()
    {
        var expected = new List<Rich.Row>();
        for (int i = 0; i < Accounts.Length; i++)
        {
            AccountChange now = Accounts[i];
            if (now.Kind != RowKind.UpdateBefore)
            {
                if (now.Balance >= 500)
                {
                    expected.Add(new Rich.Row(now.Kind, now.Id, now.Balance));
                }

                continue;
            }

            AccountChange after = Accounts[++i];
            (bool was, bool isIn) = (now.Balance >= 500, after.Balance >= 500);
            if ((was && isIn && now.Balance == after.Balance) || (!was && !isIn))
            {
                continue;
            }

            if (was)
            {
                expected.Add(new Rich.Row(isIn ? RowKind.UpdateBefore : RowKind.Delete, now.Id, now.Balance));
            }

            if (isIn)
            {
                expected.Add(new Rich.Row(was ? RowKind.UpdateAfter : RowKind.Insert, after.Id, after.Balance));
            }
        }

        return expected;
    }

    private static IEnumerable<AccountChange> Changes()
    {
        var random = new Random(7);
        var accounts = new Dictionary<string, AccountChange>();
        for (int i = 0; i < 4000; i++)
        {
            string id = "A" + random.Next(60);
            var now = new AccountChange(RowKind.Insert, id, "B" + random.Next(5), random.Next(1000));
            if (!accounts.TryGetValue(id, out AccountChange known))
            {
                yield return now;
                accounts[id] = now;
            }
            else if (random.Next(5) == 0)
            {
                yield return known with { Kind = RowKind.Delete };
                accounts.Remove(id);
            }
            else
            {
                now = random.Next(3) == 0 ? now : now with { Branch = known.Branch };
                yield return known with { Kind = RowKind.UpdateBefore };
                yield return now with { Kind = RowKind.UpdateAfter };
                accounts[id] = now;
            }
        }
    }
}
