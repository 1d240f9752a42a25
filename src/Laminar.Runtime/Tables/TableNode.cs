using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Errors;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Tables;

/// <summary>A reference table as it was added: what it is filled with, and who may write to it.</summary>
/// <param name="table">Its rows, which every core reads.</param>
/// <param name="connector">Where they come from at each start; null: they are written by the handle, and saved.</param>
/// <param name="options">How the connector's rows are treated.</param>
internal sealed class TableNode<TRow>(ReferenceTable<TRow> table, IConnectorSource<TRow>? connector, SourceOptions options) : TableHandle<TRow>, ITableNode
    where TRow : IReferenceRow<TRow>
{
    private const int BatchRows = 1024;

    private readonly Lock _gate = new();
    private readonly List<Action> _beforeStart = [];
    private readonly SourceErrors _errors = new(TRow.Schema.Name, options);
    private bool _isOpen;
    private TableTask? _task;

    public string Name => TRow.Schema.Name;

    public int Rows => table.Count;

    public long ErrorRows => _errors.Count;

    public override int Count => table.Count;

    public override void Load(ReadOnlySpan<TRow> rows)
    {
        TRow[] copy = rows.ToArray();
        Write(() => table.Load(copy), replacesAll: true);
    }

    public override void Upsert(in TRow row)
    {
        TRow copy = row;
        Write(() => table.Upsert(in copy));
    }

    public override void Delete(in TRow row)
    {
        TRow copy = row;
        Write(() => table.Delete(in copy));
    }

    public TableTask? Place(Core core)
    {
        _task = connector is null ? new TableTask(Name, table, core) : null;
        return _task;
    }

    public void Open(DeadLetterFiles deadLetters, ILoggerFactory loggers, CancellationToken stopping)
    {
        if (connector is not null)
        {
            _errors.Open(deadLetters);
            TRow[] rows = Read(connector, loggers.CreateLogger($"Laminar.Table.{Name}"), stopping);
            table.Load(rows);
        }

        lock (_gate)
        {
            _beforeStart.ForEach(write => write());
            _beforeStart.Clear();
            _isOpen = true;
        }
    }

    private void Write(Action write, bool replacesAll = false)
    {
        lock (_gate)
        {
            if (!_isOpen)
            {
                // At once for who asks for Count; and again behind what comes back from a crash.
                write();
                if (replacesAll)
                {
                    _beforeStart.Clear();
                }

                _beforeStart.Add(write);
                return;
            }
        }

        write();
        _task?.Changed();
    }

    private TRow[] Read(IConnectorSource<TRow> source, ILogger logger, CancellationToken stopping)
    {
        var all = new List<TRow>();
        var batch = new TRow[BatchRows];
        using var more = new ManualResetEventSlim();
        var context = new SourceContext(Name, _errors.Policy, _errors.DeadLetter, _errors.Add, more.Set, logger);
        for (int partition = 0; partition < source.Partitions; partition++)
        {
            using IPartitionReader<TRow> reader = source.Open(partition, default, context);
            for (ReadStatus status = ReadStatus.More; status != ReadStatus.End;)
            {
                more.Reset();
                status = reader.Read(batch, out int count);
                all.AddRange(batch.AsSpan(0, count));
                if (status == ReadStatus.Idle && count == 0)
                {
                    more.Wait(stopping);
                }
            }
        }

        logger.LogInformation("Table {Table} has {Rows} rows of {Connector}.", Name, all.Count, source.Description);
        return [.. all];
    }
}
