namespace Laminar.Runtime.Errors;

/// <summary>One source's error policy, its counter and its dead-letter file.</summary>
internal sealed class SourceErrors(string source, SourceOptions options)
{
    private long _count;

    /// <summary>Rows that could not be decoded. Rows that could not be computed with are counted by their query.</summary>
    public long Count => Volatile.Read(ref _count);

    public ErrorPolicy Policy => options.OnError;

    /// <summary>What operators ask about a failing row; null: fail.</summary>
    public Func<StreamRowException, bool>? OnRowError { get; private set; }

    /// <summary>What connectors hand dead rows to; null unless that is the policy.</summary>
    public Action<DeadRow>? DeadLetter { get; private set; }

    /// <exception cref="LaminarException">A dead-letter policy without a file, or one that can't be opened.</exception>
    public void Open(DeadLetterFiles files)
    {
        switch (options.OnError)
        {
            case ErrorPolicy.Skip:
                OnRowError = static _ => true;
                break;
            case ErrorPolicy.DeadLetter:
                DeadLetterFile file = files.Open(options.DeadLetterPath
                    ?? throw new LaminarException($"Source {source} has the error policy DeadLetter and no DeadLetterPath."));
                DeadLetter = row => file.Write(source, in row);
                OnRowError = error =>
                {
                    file.Write(source, error);
                    return true;
                };
                break;
        }
    }

    public void Add(long count) => Interlocked.Add(ref _count, count);
}
