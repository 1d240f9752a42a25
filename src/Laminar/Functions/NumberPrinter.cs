using System.Text;

namespace Laminar.Functions;

/// <summary>Prints one number by a format, piece by piece, as PostgreSQL does.</summary>
/// <param name="pattern">The format.</param>
/// <param name="number">The digits, rounded, without sign; number signs where there are too many; in Roman letters where the format is.</param>
/// <param name="isNegative">Its sign.</param>
/// <param name="blanks">How many places before the point it leaves empty.</param>
/// <param name="fraction">How many digits it has behind the point.</param>
internal sealed class NumberPrinter(NumberPattern pattern, string number, bool isNegative, int blanks, int fraction)
{
    private readonly StringBuilder _text = new();
    private bool _signIsWritten;
    private bool _hasBrackets;

    /// <summary>Digits have begun: thousands are parted from here on.</summary>
    private bool _hasBegun;

    /// <summary>The last digit that isn't a zero at the end, or the point; -1: all count.</summary>
    private int _last = -1;

    /// <summary>Where in the number, and how many places have been passed.</summary>
    private int _at;
    private int _places;
    private int _end;

    private bool HasZeros => pattern.FirstZero >= 0;

    /// <summary>The zero before the point that <c>9.9</c> has no need of.</summary>
    private bool IsNeedlessZero => !HasZeros && _at == 0 && number[0] == '0' && fraction != 0;

    private bool EndsAtPoint => _last >= 0 && number[_last] == '.';

    public string Print()
    {
        bool places = pattern.HasPlus || pattern.HasMinus;
        _hasBrackets = pattern.HasBrackets && !(pattern.IsTight && !isNegative && !places);
        _signIsWritten = places ? pattern.HasMinus || !isNegative : !isNegative && pattern.IsTight && !pattern.HasSign;
        _end = fraction + pattern.Whole + pattern.Shift - 1 + (_signIsWritten || blanks > 0 ? 0 : 1) + (blanks > 0 ? 1 : 0) + (pattern.HasPoint ? 1 : 0);
        if (pattern.IsTight && pattern.HasPoint)
        {
            FindLast();
        }

        foreach (NumberElement element in pattern.Elements)
        {
            Piece(element);
        }

        return _text.ToString();
    }

    private void FindLast()
    {
        int point = number.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return;
        }

        _last = Math.Max(point, number.AsSpan().LastIndexOfAnyExcept('0'));
        if (pattern.LastZero > blanks)
        {
            _last = Math.Max(_last, Math.Min(number.Length - 1, pattern.LastZero - blanks));
        }
    }

    private void Piece(NumberElement element)
    {
        bool isSmall = element.Text.Length > 0 && char.IsLower(element.Text[0]);
        switch (element.Part)
        {
            case NumberPart.Text:
                _text.Append(element.Text);
                break;
            case NumberPart.Digit or NumberPart.Zero or NumberPart.Point when !pattern.IsRoman:
                Place(element.Part);
                break;
            case NumberPart.Comma when _hasBegun || !pattern.IsTight:
                _text.Append(_hasBegun ? ',' : ' ');
                break;

            // As where no locale says another.
            case NumberPart.Currency:
                _text.Append(' ');
                break;
            case NumberPart.Minus when isNegative || !pattern.IsTight:
                _text.Append(isNegative ? '-' : ' ');
                break;
            case NumberPart.Plus when !isNegative || !pattern.IsTight:
                _text.Append(isNegative ? ' ' : '+');
                break;
            case NumberPart.SignHere:
                _text.Append(isNegative ? '-' : '+');
                break;
            case NumberPart.Roman:
                string letters = isSmall ? number.ToLowerInvariant() : number;
                _text.Append(pattern.IsTight ? letters : letters.PadLeft(15));
                break;
            case NumberPart.Ordinal when !pattern.IsRoman && !isNegative && !pattern.HasPoint && number[0] != '#':
                _text.Append(isSmall ? Ordinal().ToLowerInvariant() : Ordinal());
                break;
        }
    }

    /// <summary>A digit or the point.</summary>
    private void Place(NumberPart part)
    {
        _hasBegun = false;
        bool isBeforeNumber = _places < blanks;
        if (!_signIsWritten && (!isBeforeNumber || (HasZeros && pattern.FirstZero == _places)) && (!IsNeedlessZero || EndsAtPoint))
        {
            Sign();
        }

        if (isBeforeNumber && (!HasZeros || pattern.FirstZero > _places))
        {
            Append(' ', unlessTight: true);
        }
        else if (isBeforeNumber)
        {
            _text.Append('0');
            _hasBegun = true;
        }
        else if (_at < number.Length)
        {
            OfNumber(part);
            _at++;
        }

        End();
        _places++;
    }

    private void Sign()
    {
        if (pattern.HasSign)
        {
            if (pattern.SignIsLast)
            {
                return;
            }

            _text.Append(isNegative ? '-' : '+');
        }
        else if (_hasBrackets)
        {
            _text.Append(isNegative ? '<' : ' ');
        }
        else if (isNegative)
        {
            _text.Append('-');
        }
        else
        {
            Append(' ', unlessTight: true);
        }

        _signIsWritten = true;
    }

    private void OfNumber(NumberPart part)
    {
        if (number[_at] == '.')
        {
            _text.Append('.');
        }
        else if (_last >= 0 && _at > _last && part != NumberPart.Zero)
        {
            // A zero at the end.
        }
        else if (!IsNeedlessZero)
        {
            _text.Append(number[_at]);
            _hasBegun = true;
        }
        else if (!pattern.IsTight)
        {
            _text.Append(' ');
        }
        else if (EndsAtPoint)
        {
            _text.Append('0');
        }
    }

    /// <summary>What stands behind the last digit.</summary>
    private void End()
    {
        int end = _last >= 0 && _last == _at ? _places : _end;
        if (_places + 1 != end)
        {
            return;
        }

        if (_signIsWritten && _hasBrackets)
        {
            _text.Append(isNegative ? '>' : ' ');
        }
        else if (pattern.HasSign && pattern.SignIsLast)
        {
            _text.Append(isNegative ? '-' : '+');
        }
    }

    private void Append(char blank, bool unlessTight)
    {
        if (!unlessTight || !pattern.IsTight)
        {
            _text.Append(blank);
        }
    }

    /// <summary>TH of the whole number.</summary>
    private string Ordinal()
    {
        bool isTeen = number.Length > 1 && number[^2] == '1';
        return number[^1] switch
        {
            '1' when !isTeen => "ST",
            '2' when !isTeen => "ND",
            '3' when !isTeen => "RD",
            _ => "TH",
        };
    }
}
