using Apache.Arrow;
using Laminar.Interpreter.Operators;
using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>A source of a database: partitions with a watermark each, and all that read it.</summary>
internal sealed class SourceFlow
{
    private readonly RunState _run;
    private readonly SourceStage[] _partitions;
    private readonly List<ChunkStage> _stages = [];
    private bool _isAlone = true;

    /// <param name="relation">Its columns and watermark.</param>
    /// <param name="partitions">At least one.</param>
    /// <param name="clock">What CURRENT_TIMESTAMP reads.</param>
    public SourceFlow(Relation relation, int partitions, TimeProvider clock)
    {
        Relation = relation;
        Shape = RowShape.Of(relation);
        _run = new RunState(relation.Name, new RunFailure()) { ReadsSource = true, Clock = clock };
        var all = new SortedSet<int>(Enumerable.Range(0, relation.Columns.Count));
        _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new SourceStage(relation, all, _run))];
        _stages.AddRange(_partitions);
        Output = new FanOutStage();
        if (partitions == 1)
        {
            _partitions[0].Next = Output;
        }
        else
        {
            var union = new UnionStage(partitions);
            for (int i = 0; i < partitions; i++)
            {
                _partitions[i].Next = union.Ports[i];
            }

            union.Next = Output;
            _stages.Add(union);
        }

        _stages.Add(Output);
    }

    public Relation Relation { get; }

    public string Name => Relation.Name;

    public RowShape Shape { get; }

    public FanOutStage Output { get; }

    public int Partitions => _partitions.Length;

    /// <summary>Rows taken.</summary>
    public long RowsIn => _run.RowsIn;

    /// <summary>Rows that couldn't be taken and were left out.</summary>
    public long ErrorRows
    {
        get => _run.ErrorRows;
        set => _run.ErrorRows = value;
    }

    public bool IsComplete => _partitions.All(p => p.IsComplete);

    /// <summary>
    /// Some query reads the source in more than one way: each row goes all ways before the next, because what comes out mustn't depend on how rows are cut into batches.
    /// </summary>
    public bool MeetsItself
    {
        set => _isAlone = !value;
    }

    public void Push(RecordBatch batch)
    {
        if (_isAlone)
        {
            _partitions[0].Push(batch);
            return;
        }

        for (int row = 0; row < batch.Length; row++)
        {
            // The slice shares the batch's memory: it isn't disposed.
            _partitions[0].Push(batch.Slice(row, 1));
        }
    }

    public void Push(int partition, IReadOnlyList<object?[]> rows)
    {
        if (_isAlone)
        {
            _partitions[partition].Push(rows);
            return;
        }

        foreach (object?[] row in rows)
        {
            _partitions[partition].Push([row]);
        }
    }

    public void Advance(long watermark)
    {
        foreach (SourceStage partition in _partitions.Where(p => !p.IsComplete))
        {
            partition.Advance(watermark);
        }
    }

    public void Complete(int partition)
    {
        if (!_partitions[partition].IsComplete)
        {
            _partitions[partition].Complete();
        }
    }

    public bool IsCompletePartition(int partition) => _partitions[partition].IsComplete;

    public long WatermarkOf(int partition) => _partitions[partition].Watermark;

    public void Save(BinaryWriter writer)
    {
        writer.Write(_partitions.Length);
        _run.Save(writer);
        _stages.ForEach(s => s.Save(writer));
    }

    /// <exception cref="SnapshotException">It had another number of partitions.</exception>
    public void Load(BinaryReader reader)
    {
        int partitions = reader.ReadInt32();
        if (partitions != _partitions.Length)
        {
            throw new SnapshotException($"The source {Name} had {partitions} partitions when it was saved, and has {_partitions.Length} now.");
        }

        _run.Load(reader);
        _stages.ForEach(s => s.Load(reader));
    }
}
