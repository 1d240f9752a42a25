using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>The schema of a row type, also where the type implements it explicitly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowSchemas
{
    public static RowSchema Of<TRow>()
        where TRow : IStreamRow<TRow> => TRow.Schema;
}
