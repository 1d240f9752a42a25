using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>Room for the rows of one loop, each with the watermark before it: what asks for it once needs no call and no test for each row, and the JIT keeps all of it in registers.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="rows">Where the first row goes.</param>
/// <param name="watermarks">Where its watermark goes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct RowRoom<TRow>(ref TRow rows, ref long watermarks)
{
    private readonly ref TRow _rows = ref rows;
    private readonly ref long _watermarks = ref watermarks;

    /// <summary>Rows written.</summary>
    public int Count;

    /// <summary>Writes a row; there must be room for it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="watermark">The one before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TRow row, long watermark)
    {
        Unsafe.Add(ref _rows, Count) = row;
        Unsafe.Add(ref _watermarks, Count) = watermark;
        Count++;
    }
}
