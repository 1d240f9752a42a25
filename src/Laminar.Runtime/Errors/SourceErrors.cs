using System.Text;

namespace Laminar.Runtime.Errors;

/// <summary>One source's error policy, its counter and its dead-letter file.</summary>
internal sealed class SourceErrors(string source, SourceOptions options)
{
    private const int MaxRawBytes = 64 << 10;

    private long _count;

    /// <summary>Rows that could not be decoded or logged. Rows that could not be computed with are counted by their query.</summary>
    public long Count => Volatile.Read(ref _count);

    public ErrorPolicy Policy => options.OnError;

    /// <summary>What operators ask about a failing row; null: fail.</summary>
    public Func<StreamRowException, bool>? OnRowError { get; private set; }

    /// <summary>What connectors hand dead rows to; null unless that is the policy.</summary>
    public Action<DeadRow>? DeadLetter { get; private set; }

    /// <summary>
    /// What operators ask about a failing row that came from any of several sources: it fails where one of them says so, and goes to a dead-letter file where one
    /// of them has it.
    /// </summary>
    public static Func<StreamRowException, bool>? OnRowErrorOf(IEnumerable<SourceErrors> sources) =>
        sources.OrderBy(s => s.Policy switch { ErrorPolicy.Fail => 0, ErrorPolicy.DeadLetter => 1, _ => 2 }).First().OnRowError;

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

    /// <summary>Counts a row of a source that can't be handed on, and does what the policy says.</summary>
    /// <param name="place">Which row.</param>
    /// <param name="reason">What is wrong with it.</param>
    /// <param name="row">The row as text.</param>
    /// <param name="cause">The error.</param>
    /// <exception cref="LaminarException">The policy is to fail.</exception>
    public void Dead(string place, string reason, string row, Exception cause)
    {
        Add(1);
        if (options.OnError == ErrorPolicy.Fail)
        {
            throw new LaminarException($"{place}: {reason}", cause);
        }

        DeadLetter?.Invoke(new DeadRow(place, reason, RawOf(row)));
    }

    public void Add(long count) => Interlocked.Add(ref _count, count);

    /// <summary>The beginning of a text, as much of it as a dead row may keep.</summary>
    private static byte[] RawOf(string row)
    {
        int length = Math.Min(row.Length, MaxRawBytes / 3);
        return Encoding.UTF8.GetBytes(row[..(length - (length < row.Length && char.IsHighSurrogate(row[length - 1]) ? 1 : 0))]);
    }
}
