using System.Globalization;

namespace Laminar.Tool.Inference;

/// <summary>The narrowest SQL type that holds every text of a column.</summary>
internal sealed class ValueType
{
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm"];

    private bool _isBoolean = true;
    private bool _isInteger = true;
    private bool _isNumber = true;
    private bool _isDate = true;
    private bool _isTime = true;
    private bool _any;

    /// <summary>VARCHAR where no value was there.</summary>
    public string Sql => !_any ? "VARCHAR" : _isBoolean ? "BOOLEAN" : _isInteger ? "BIGINT" : _isNumber ? "DOUBLE" : _isDate ? "DATE" : _isTime ? "TIMESTAMP" : "VARCHAR";

    public void Add(string text)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        _any = true;
        _isBoolean &= text is "true" or "false" or "TRUE" or "FALSE";

        // A number with zeros in front is a name: a postal code, an account.
        bool isPadded = text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);
        _isInteger &= !isPadded && long.TryParse(text, NumberStyles.AllowLeadingSign, plain, out _);
        _isNumber &= !isPadded && double.TryParse(text, NumberStyles.Float, plain, out _) && !text.Contains('N', StringComparison.OrdinalIgnoreCase);
        _isDate &= DateOnly.TryParseExact(text, "yyyy-MM-dd", plain, DateTimeStyles.None, out _);
        _isTime &= DateTime.TryParseExact(text, Times, plain, DateTimeStyles.None, out _) || DateOnly.TryParseExact(text, "yyyy-MM-dd", plain, DateTimeStyles.None, out _);
    }

    public void Mixed() => (_any, _isBoolean, _isInteger, _isNumber, _isDate, _isTime) = (true, false, false, false, false, false);
}
