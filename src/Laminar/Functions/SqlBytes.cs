namespace Laminar.Functions;

/// <summary>Byte strings.</summary>
public static class SqlBytes
{
    public static byte[] Concat(byte[] a, byte[] b) => [.. a, .. b];

    public static int Length(byte[] value) => value.Length;
}
