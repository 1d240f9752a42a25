using Laminar.Interpreter.Database.Flow;

namespace Laminar.Interpreter.Database.Connectors;

/// <summary>A connector's source as it is read into a database.</summary>
/// <param name="flow">The source.</param>
/// <param name="reader">The connector's.</param>
internal sealed class ConnectorReading(SourceFlow flow, ConnectorReader reader) : IDisposable
{
    private readonly List<object?[]> _rows = [];
    private bool _isOpen;

    public SourceFlow Flow => flow;

    public ConnectorReader Reader => reader;

    /// <summary>Where each partition was when it was saved; empty for its beginning.</summary>
    public Dictionary<int, ReadOnlyMemory<byte>> Positions { get; } = [];

    /// <summary>Reading goes on: something reads the source, and it has neither ended nor failed.</summary>
    public bool IsActive => Failure is null && !flow.IsComplete && (_isOpen || flow.Output.Targets.Count > 0);

    /// <summary>Why it is read no more.</summary>
    public LaminarException? Failure { get; private set; }

    public bool IsOpen => _isOpen;

    /// <summary>Reads a batch of each partition.</summary>
    /// <param name="log">Called with rows that can't be read again, before they are taken.</param>
    /// <param name="ended">Called for the end of a partition that can't be read again.</param>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="LaminarException">It can't be read.</exception>
    public bool Step(Action<int, IReadOnlyList<object?[]>>? log, Action<int>? ended)
    {
        try
        {
            Open();
            bool progress = false;
            for (int partition = 0; partition < flow.Partitions; partition++)
            {
                if (!flow.IsCompletePartition(partition))
                {
                    progress |= Step(partition, log, ended);
                }
            }

            return progress;
        }
        catch (Exception error) when (error is LaminarException or IOException or UnauthorizedAccessException)
        {
            Failure = error as LaminarException ?? new LaminarException($"The source {flow.Name} can't be read: {error.Message}", error);
            throw Failure;
        }
    }

    public void Dispose() => reader.Dispose();

    private void Open()
    {
        if (!_isOpen)
        {
            for (int partition = 0; partition < flow.Partitions; partition++)
            {
                reader.Open(partition, Positions.GetValueOrDefault(partition));
            }

            _isOpen = true;
        }
    }

    private bool Step(int partition, Action<int, IReadOnlyList<object?[]>>? log, Action<int>? ended)
    {
        _rows.Clear();
        ReadStatus status = reader.Read(partition, _rows);
        flow.ErrorRows += reader.TakeErrors();
        if (_rows.Count > 0)
        {
            log?.Invoke(partition, _rows);
            flow.Push(partition, _rows);
        }

        if (status == ReadStatus.End)
        {
            ended?.Invoke(partition);
            flow.Complete(partition);
        }

        return _rows.Count > 0 || status != ReadStatus.Idle;
    }
}
