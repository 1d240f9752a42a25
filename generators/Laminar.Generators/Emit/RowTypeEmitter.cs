using Laminar.Generators.Emit.Operators;
using Laminar.Generators.Model;

namespace Laminar.Generators.Emit;

/// <summary>Completes a user's row type: another part of it with schema, decoder, encoder and, for a source, the watermark.</summary>
public static class RowTypeEmitter
{
    /// <param name="type">The type.</param>
    /// <param name="row">Its columns.</param>
    /// <param name="part">For the file's name: <c>Source</c> or <c>Row</c>.</param>
    /// <param name="relation">Of a source: what it is to SQL.</param>
    public static GeneratedFile Emit(TypeModel type, RowModel row, string part, RelationModel? relation = null)
    {
        var writer = new CodeWriter();
        TypeScope.WriteHeader(writer);
        using (TypeScope.Around(writer, type))
        using (writer.Open($"{type.Header} : {RowEmitter.Interfaces(row)}"))
        {
            RowEmitter.WriteMembers(writer, row);
            if (relation is { IsUpdating: false })
            {
                InputEmitter.WriteShared(writer, relation.ClrType, relation.Columns);
            }
        }

        return new GeneratedFile(HintName.Of(type.FullName, part), writer.ToString());
    }
}
