namespace Laminar;

/// <summary>How an Arrow column lies in memory, as far as <see cref="ArrowRowReader"/> tells forms apart.</summary>
internal enum ArrowForm : byte
{
    /// <summary>Not in the batch, or of Arrow's null type: always NULL.</summary>
    Null,
    Bits,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F16,
    F32,
    F64,
    Decimal128,
    Decimal256,

    /// <summary>Text or bytes with 32-bit offsets.</summary>
    Binary32,

    /// <summary>Text or bytes with 64-bit offsets.</summary>
    Binary64,

    /// <summary>Text or bytes read through Arrow's own array (views).</summary>
    View,

    /// <summary>Fixed-size bytes.</summary>
    Fixed,

    /// <summary>An index into decoded texts.</summary>
    Dictionary,

    /// <summary>Lists, maps and structs, read through <see cref="ArrowNested"/>.</summary>
    Nested,
}
