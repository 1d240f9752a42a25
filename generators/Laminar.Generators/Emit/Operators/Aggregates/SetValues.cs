using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Values as a DistinctSet has them, and back.</summary>
internal static class SetValues
{
    /// <summary>Whether values are numbered as texts.</summary>
    public static bool IsNumbered(SqlType type) => ClrForm.IsReference(type);

    /// <summary>What is numbered.</summary>
    public static string Text(SqlType type, string value) =>
        type.Kind == SqlTypeKind.Bytes ? $"global::System.Convert.ToHexString({value})" : type.IsNested ? $"Functions::NestedText.Key({value})" : value;

    /// <summary>The value of such a text.</summary>
    public static string OfText(SqlType type, string text) =>
        type.Kind == SqlTypeKind.Bytes ? $"global::System.Convert.FromHexString({text})" : type.IsNested ? $"(({ClrForm.Of(type)})Functions::NestedText.Read({text})!)" : text;

    /// <summary>One word or two.</summary>
    public static string Words(SqlType type, string value) => type.Kind switch
    {
        SqlTypeKind.Decimal or SqlTypeKind.Uuid => $"State::DistinctSet.Words({value})",
        SqlTypeKind.Real or SqlTypeKind.Double => $"State::DistinctSet.Word({value})",
        SqlTypeKind.Boolean => $"{value} ? 1UL : 0UL",
        SqlTypeKind.UBigInt => value,
        _ => $"(ulong)(long){value}",
    };

    /// <summary>The value again.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="words">A variable of both words.</param>
    /// <param name="word">Which of them it is, where it is one.</param>
    /// <param name="numbers">The TextNumbers, where it is numbered.</param>
    public static string Value(SqlType type, string words, string word, string numbers) => type.Kind switch
    {
        _ when IsNumbered(type) => OfText(type, $"{numbers}[(int){words}.Low]"),
        SqlTypeKind.Uuid => $"State::DistinctSet.ToGuid({words})",
        SqlTypeKind.Decimal => $"State::DistinctSet.ToDecimal({words})",
        SqlTypeKind.Real or SqlTypeKind.Double => $"({ClrForm.Of(type)})global::System.BitConverter.UInt64BitsToDouble({words}.{word})",
        SqlTypeKind.Boolean => $"{words}.{word} != 0",
        SqlTypeKind.UBigInt => $"{words}.{word}",
        _ => $"({ClrForm.Of(type)})(long){words}.{word}",
    };
}
