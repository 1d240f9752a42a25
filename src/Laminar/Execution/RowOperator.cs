using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>What queries share that look at one row at a time: all they keep is the watermark.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class RowOperator<TIn>(string queryName, string fingerprint) : QueryOperator<TIn>(queryName, fingerprint)
{
    /// <summary>The watermark behind the rows so far.</summary>
    protected long Watermark { get; set; } = long.MinValue;

    /// <inheritdoc/>
    protected override void Advance(long watermark)
    {
        if (watermark > Watermark)
        {
            Watermark = watermark;
            Progress(watermark);
        }
    }

    /// <summary>Tells the output how far time has come.</summary>
    protected abstract void Progress(long watermark);

    /// <inheritdoc/>
    protected override void Save(StateWriter state) => state.Write(Watermark);

    /// <inheritdoc/>
    protected override void Load(StateReader state) => Watermark = state.Read<long>();
}
