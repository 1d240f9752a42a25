// Compiled into Laminar (run time) and Laminar.Sql (constant formats at build time), so that both read a format the same way. C# for netstandard2.0.
using System;
using System.Collections.Generic;

namespace Laminar.Functions;

/// <summary>What a piece of a number format stands for.</summary>
internal enum NumberPart
{
    Text,

    /// <summary>9.</summary>
    Digit,

    /// <summary>0: a digit that is there in any case.</summary>
    Zero,
    Point,

    /// <summary>Between thousands.</summary>
    Comma,
    Currency,

    /// <summary>S, which stands where the number begins or ends.</summary>
    Sign,
    Minus,
    Plus,

    /// <summary>SG: a sign in this very place.</summary>
    SignHere,
    Roman,
    Ordinal,

    /// <summary>Says how the rest is printed, and is nothing by itself.</summary>
    None,
}

/// <summary>One piece of a number format.</summary>
/// <param name="Part">What it stands for.</param>
/// <param name="Text">Plain text, or the word as written where letter case counts.</param>
internal readonly record struct NumberElement(NumberPart Part, string Text = "");

/// <summary>A format of numbers as PostgreSQL reads it: <c>FM999,990.00</c>.</summary>
internal sealed class NumberPattern
{
    // Longer words first. For SP, B and C PostgreSQL prints nothing.
    private static readonly string[] Words =
    {
        "EEEE", "FM", "MI", "PL", "PR", "RN", "SG", "TH", "SP", "S", "V", "L", "D", "G", "9", "0", ".", ",", "B", "C",
    };

    private readonly List<NumberElement> _elements = new();

    private NumberPattern()
    {
    }

    /// <summary>The pieces in order.</summary>
    public IReadOnlyList<NumberElement> Elements => _elements;

    /// <summary>Digits before the point.</summary>
    public int Whole { get; private set; }

    /// <summary>Digits behind it.</summary>
    public int Fraction { get; private set; }

    /// <summary>V: by how many powers of ten the number is multiplied.</summary>
    public int Shift { get; private set; }

    public bool HasPoint { get; private set; }

    /// <summary>The place of the first 0 before the point, from 0; -1: there is none.</summary>
    public int FirstZero { get; private set; } = -1;

    /// <summary>Digits up to the last 0, wherever it stands; 0: there is none.</summary>
    public int LastZero { get; private set; }

    /// <summary>FM: no blanks, no zeros at the end.</summary>
    public bool IsTight { get; private set; }

    /// <summary>S: the sign is next to the number.</summary>
    public bool HasSign { get; private set; }

    /// <summary>It is behind the number.</summary>
    public bool SignIsLast { get; private set; }

    public bool HasMinus { get; private set; }

    public bool HasPlus { get; private set; }

    /// <summary>PR: negative numbers in angle brackets.</summary>
    public bool HasBrackets { get; private set; }

    public bool IsRoman { get; private set; }

    public bool IsScientific { get; private set; }

    private bool HasShift { get; set; }

    /// <exception cref="ArgumentException">What is wrong with it.</exception>
    public static NumberPattern Of(string format)
    {
        var pattern = new NumberPattern();
        int wholeBeforeSign = -1;
        int i = 0;
        while (i < format.Length)
        {
            if (format[i] == '"')
            {
                i = pattern.Quoted(format, i + 1);
                continue;
            }

            string? word = Array.Find(Words, w => string.Compare(format, i, w, 0, w.Length, StringComparison.OrdinalIgnoreCase) == 0 && !IsMixed(format, i, w.Length));
            if (word is null)
            {
                i += format[i] == '\\' && i + 1 < format.Length && format[i + 1] == '"' ? 1 : 0;
                pattern._elements.Add(new NumberElement(NumberPart.Text, format[i].ToString()));
                i++;
                continue;
            }

            if (pattern.IsScientific)
            {
                throw new ArgumentException(word == "EEEE" ? "EEEE stands twice" : "EEEE must be last");
            }

            if (word == "S" && !pattern.HasPoint)
            {
                wholeBeforeSign = pattern.Whole;
            }

            pattern.Add(word, format.Substring(i, word.Length));
            i += word.Length;
        }

        // A sign behind all digits is behind the number.
        pattern.SignIsLast |= pattern.HasSign && wholeBeforeSign == pattern.Whole + pattern.Shift;
        pattern.Check();
        return pattern;
    }

    // PostgreSQL has each word in capitals and in small letters.
    private static bool IsMixed(string format, int start, int length)
    {
        for (int i = start + 1; i < start + length; i++)
        {
            if (char.IsLower(format[i]) != char.IsLower(format[start]))
            {
                return true;
            }
        }

        return false;
    }

    private int Quoted(string format, int i)
    {
        while (i < format.Length && format[i] != '"')
        {
            i += format[i] == '\\' && i + 1 < format.Length ? 1 : 0;
            _elements.Add(new NumberElement(NumberPart.Text, format[i].ToString()));
            i++;
        }

        return i + 1;
    }

    private void Add(string word, string written)
    {
        NumberPart part = NumberPart.None;
        switch (word)
        {
            case "9" or "0":
                part = word == "9" ? NumberPart.Digit : NumberPart.Zero;
                Digit(part);
                break;
            case "." or "D":
                Refuse(HasPoint, "several points");
                Refuse(HasShift, "V and a point");
                HasPoint = true;
                part = NumberPart.Point;
                break;
            case "," or "G":
                part = NumberPart.Comma;
                break;
            case "L":
                part = NumberPart.Currency;
                break;
            case "S":
                Refuse(HasSign, "S twice");
                HasSign = true;
                SignIsLast = HasPoint;
                part = NumberPart.Sign;
                break;
            case "MI":
                HasMinus = true;
                part = NumberPart.Minus;
                break;
            case "PL":
                HasPlus = true;
                part = NumberPart.Plus;
                break;
            case "SG":
                HasMinus = HasPlus = true;
                part = NumberPart.SignHere;
                break;
            case "PR":
                HasBrackets = true;
                break;
            case "RN":
                IsRoman = true;
                part = NumberPart.Roman;
                break;
            case "TH":
                part = NumberPart.Ordinal;
                break;
            case "V":
                Refuse(HasPoint, "V and a point");
                HasShift = true;
                break;
            case "FM":
                IsTight = true;
                break;
            case "EEEE":
                IsScientific = true;
                break;
        }

        _elements.Add(new NumberElement(part, written));
    }

    private void Digit(NumberPart part)
    {
        Refuse(HasBrackets, "digits behind PR");
        if (part == NumberPart.Digit && HasShift)
        {
            Shift++;
            return;
        }

        if (part == NumberPart.Zero && FirstZero < 0 && !HasPoint)
        {
            FirstZero = Whole;
        }

        if (HasPoint)
        {
            Fraction++;
        }
        else
        {
            Whole++;
        }

        LastZero = part == NumberPart.Zero ? Whole + Fraction : LastZero;
    }

    private void Check()
    {
        Refuse(HasSign && (HasPlus || HasMinus || HasBrackets), "S beside PL, MI, SG or PR");
        Refuse(HasBrackets && (HasPlus || HasMinus), "PR beside PL, MI or SG");
        Refuse(IsScientific && (IsTight || HasSign || HasBrackets || HasMinus || HasPlus || IsRoman || HasShift), "EEEE beside what isn't 9, 0 or a point");

        // Beyond what any number here has; each digit of the format is work for each row.
        Refuse(Whole + Fraction + Shift > 100, "more than 100 digits");
    }

    private static void Refuse(bool given, string what)
    {
        if (given)
        {
            throw new ArgumentException(what);
        }
    }
}
