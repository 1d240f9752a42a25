using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Laminar.Functions;

/// <summary>Digests, and bytes as text. Digests of text are those of its UTF-8 bytes; all hexadecimal digits come in lower case.</summary>
public static class SqlEncoding
{
    public static string Md5(string value) => Md5(Encoding.UTF8.GetBytes(value));

    public static string Md5(byte[] value) => Convert.ToHexStringLower(MD5.HashData(value));

    public static string Sha256(string value) => Sha256(Encoding.UTF8.GetBytes(value));

    public static string Sha256(byte[] value) => Convert.ToHexStringLower(SHA256.HashData(value));

    /// <summary>Negative numbers as the bits of their type, as in PostgreSQL.</summary>
    public static string ToHex(int value) => value.ToString("x", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="ToHex(int)"/>
    public static string ToHex(long value) => value.ToString("x", CultureInfo.InvariantCulture);

    /// <inheritdoc cref="ToHex(int)"/>
    public static string ToHex(ulong value) => value.ToString("x", CultureInfo.InvariantCulture);

    public static string ToHex(byte[] value) => value.Length <= SqlText.MaxLength / 2 ? Convert.ToHexStringLower(value) : throw TooLong("ENCODE");

    /// <summary>In one line; PostgreSQL breaks it after 76 characters.</summary>
    public static string ToBase64(byte[] value) => value.Length <= SqlText.MaxLength / 2 ? Convert.ToBase64String(value) : throw TooLong("ENCODE");

    /// <exception cref="LaminarException">An odd number of digits, or one that isn't hexadecimal.</exception>
    public static byte[] FromHex(string value)
    {
        try
        {
            return Convert.FromHexString(WithoutSpace(value));
        }
        catch (FormatException)
        {
            throw new LaminarException("DECODE: the text is not hexadecimal digits in pairs.");
        }
    }

    /// <exception cref="LaminarException">Not base 64.</exception>
    public static byte[] FromBase64(string value)
    {
        try
        {
            return Convert.FromBase64String(value);
        }
        catch (FormatException)
        {
            throw new LaminarException("DECODE: the text is not base64.");
        }
    }

    private static string WithoutSpace(string value) => value.Any(char.IsWhiteSpace) ? string.Concat(value.Where(c => !char.IsWhiteSpace(c))) : value;

    private static LaminarException TooLong(string function) => new($"{function} would make a text of more than {SqlText.MaxLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
}
