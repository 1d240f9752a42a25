using Microsoft.Extensions.Logging;

namespace Laminar.Connectors.Files.Reading;

/// <summary>What happens to rows that can't be decoded.</summary>
internal sealed class DecodeErrors(SourceContext context)
{
    private const int MaxRaw = 65_536;

    private bool _logged;

    /// <summary>Counts the row and sends it where the policy says.</summary>
    /// <returns>Null to go on; otherwise what to throw.</returns>
    public LaminarException? Handle(string place, string reason, ReadOnlySpan<byte> raw, Exception? cause)
    {
        context.CountError(1);
        switch (context.OnError)
        {
            case ErrorPolicy.Skip:
                // The counter tells how many; one line in the log tells which was first.
                if (!_logged)
                {
                    _logged = true;
                    context.Logger.LogWarning("Source {Source} skips rows that can't be decoded; the first is {Place}: {Reason}", context.Name, place, reason);
                }

                return null;
            case ErrorPolicy.DeadLetter when context.DeadLetter is not null:
                context.DeadLetter(new DeadRow(place, reason, raw[..Math.Min(raw.Length, MaxRaw)].ToArray()));
                return null;
            default:
                return new LaminarException($"{place}: {reason}", cause);
        }
    }
}
