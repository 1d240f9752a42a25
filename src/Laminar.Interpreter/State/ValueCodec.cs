using Laminar.Functions;

namespace Laminar.Interpreter.State;

/// <summary>How values of each CLR form are saved.</summary>
internal static class ValueCodec<T>
{
    public static readonly Action<BinaryWriter, T> Write = (Action<BinaryWriter, T>)(object)Writer();

    public static readonly Func<BinaryReader, T> Read = (Func<BinaryReader, T>)(object)Reader();

    private static Delegate Writer() => default(T) switch
    {
        bool => (BinaryWriter w, bool v) => w.Write(v),
        sbyte => (BinaryWriter w, sbyte v) => w.Write(v),
        short => (BinaryWriter w, short v) => w.Write(v),
        int => (BinaryWriter w, int v) => w.Write(v),
        long => (BinaryWriter w, long v) => w.Write(v),
        byte => (BinaryWriter w, byte v) => w.Write(v),
        ushort => (BinaryWriter w, ushort v) => w.Write(v),
        uint => (BinaryWriter w, uint v) => w.Write(v),
        ulong => (BinaryWriter w, ulong v) => w.Write(v),
        float => (BinaryWriter w, float v) => w.Write(v),
        double => (BinaryWriter w, double v) => w.Write(v),
        decimal => (BinaryWriter w, decimal v) => w.Write(v),
        Guid => (BinaryWriter w, Guid v) => w.Write(v.ToByteArray()),
        _ when typeof(T) == typeof(string) => (BinaryWriter w, string v) => w.Write(v),
        _ when typeof(T) == typeof(object?[]) || typeof(T) == typeof(SqlMap) => (BinaryWriter w, T v) => w.Write(NestedText.Exact(v)),
        _ when typeof(T) == typeof(byte[]) => (BinaryWriter w, byte[] v) =>
        {
            w.Write(v.Length);
            w.Write(v);
        },
        _ => throw new InvalidOperationException($"{typeof(T)} is not the form of a SQL value."),
    };

    private static Delegate Reader() => default(T) switch
    {
        bool => (BinaryReader r) => r.ReadBoolean(),
        sbyte => (BinaryReader r) => r.ReadSByte(),
        short => (BinaryReader r) => r.ReadInt16(),
        int => (BinaryReader r) => r.ReadInt32(),
        long => (BinaryReader r) => r.ReadInt64(),
        byte => (BinaryReader r) => r.ReadByte(),
        ushort => (BinaryReader r) => r.ReadUInt16(),
        uint => (BinaryReader r) => r.ReadUInt32(),
        ulong => (BinaryReader r) => r.ReadUInt64(),
        float => (BinaryReader r) => r.ReadSingle(),
        double => (BinaryReader r) => r.ReadDouble(),
        decimal => (BinaryReader r) => r.ReadDecimal(),
        Guid => (BinaryReader r) => new Guid(r.ReadBytes(16)),
        _ when typeof(T) == typeof(string) => (BinaryReader r) => r.ReadString(),
        _ when typeof(T) == typeof(object?[]) || typeof(T) == typeof(SqlMap) => (BinaryReader r) => (T)NestedText.Read(r.ReadString())!,
        _ when typeof(T) == typeof(byte[]) => (BinaryReader r) => r.ReadBytes(r.ReadInt32()),
        _ => throw new InvalidOperationException($"{typeof(T)} is not the form of a SQL value."),
    };
}
