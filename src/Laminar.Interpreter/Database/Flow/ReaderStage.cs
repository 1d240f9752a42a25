using Apache.Arrow;
using Laminar.Interpreter.Operators;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>All who read a query's output as Arrow batches; it is made once for all of them.</summary>
internal sealed class ReaderStage
{
    private readonly List<BatchSubscription> _readers = [];
    private readonly QueryFlow _query;
    private readonly OutputStage _output;

    public ReaderStage(QueryFlow query)
    {
        _query = query;
        _output = new OutputStage(query.Columns, query.IsUpdating);
        query.Output.Add(_output);
    }

    public bool IsFull => _readers.Any(r => r.IsFull);

    public void Add(BatchSubscription reader)
    {
        // What has come out before is for those who were there.
        Send();
        if (_query.View is { Count: > 0 } view)
        {
            IReadOnlyList<object?[]> rows = view.ToList();
            reader.Add(_query.IsUpdating ? _query.Shape.ToInserts(rows) : _query.Shape.ToBatch(rows));
        }

        _readers.Add(reader);
        if (_query.Output.Watermark == long.MaxValue)
        {
            End(null);
        }
    }

    /// <returns>True when nobody reads any more.</returns>
    public bool Remove(BatchSubscription reader)
    {
        _readers.Remove(reader);
        if (_readers.Count == 0)
        {
            _query.Output.Remove(_output);
        }

        return _readers.Count == 0;
    }

    /// <summary>Hands on what has come out; at the end of the query's input that is all.</summary>
    public void Send()
    {
        foreach (RecordBatch batch in _output.Drain())
        {
            foreach (BatchSubscription reader in _readers.ToArray())
            {
                reader.Add(batch);
            }
        }

        if (_query.Output.Watermark == long.MaxValue)
        {
            End(null);
        }
    }

    public void End(Exception? error)
    {
        foreach (BatchSubscription reader in _readers.ToArray())
        {
            reader.End(error);
        }
    }
}
