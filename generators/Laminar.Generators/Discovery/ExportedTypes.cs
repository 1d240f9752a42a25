using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Generators.Discovery;

/// <summary>
/// SQL types as text, for the attribute by which assemblies tell of their columns: <c>BigInt</c>, <c>Decimal(10,2)</c>, <c>Array[element Int?]</c>,
/// <c>Row[x Int?,y Varchar](global::N.Pair X:x,Y:y)</c>. Names are escaped, so that what they hold can't be taken for the signs between them.
/// </summary>
internal static class ExportedTypes
{
    public static string Format(SqlType type)
    {
        var text = new StringBuilder();
        Format(type, text);
        return text.ToString();
    }

    /// <summary>The type; null for what a newer version has written.</summary>
    public static SqlType? Parse(string text)
    {
        var reader = new Reader(text);
        SqlType? type = reader.Type();
        return reader.IsAtEnd ? type : null;
    }

    private static void Format(SqlType type, StringBuilder text)
    {
        text.Append(type.Kind.ToString());
        if (type.Precision != 0)
        {
            text.Append('(').Append(type.Precision.ToString(CultureInfo.InvariantCulture)).Append(',').Append(type.Scale.ToString(CultureInfo.InvariantCulture)).Append(')');
        }

        text.Append(type.Open ? "*" : "");
        if (type.Fields.Count > 0)
        {
            for (int i = 0; i < type.Fields.Count; i++)
            {
                text.Append(i == 0 ? '[' : ',').Append(Escaped(type.Fields[i].Name)).Append(' ');
                Format(type.Fields[i].Type, text);
                text.Append(type.Fields[i].Nullable ? "?" : "");
            }

            text.Append(']');
        }

        if (type.Clr is { } shape)
        {
            text.Append('(').Append(Escaped(shape.TypeName));
            for (int i = 0; i < shape.Fields.Count; i++)
            {
                text.Append(i == 0 ? ' ' : ',').Append(Escaped(shape.Fields[i].Member)).Append(':').Append(Escaped(shape.Fields[i].Parameter));
            }

            text.Append(')');
        }
    }

    /// <summary>Letters, digits, points and underscores as they are, all else by its number.</summary>
    private static string Escaped(string name) =>
        string.Concat(name.Select(c => c < 128 && (char.IsLetterOrDigit(c) || c is '.' or '_') ? c.ToString() : "%" + ((int)c).ToString("X4", CultureInfo.InvariantCulture)));

    private sealed class Reader(string text)
    {
        private int _at;
        private bool _failed;

        public bool IsAtEnd => !_failed && _at == text.Length;

        public SqlType? Type()
        {
            if (!Enum.TryParse(Name(), out SqlTypeKind kind))
            {
                _failed = true;
                return null;
            }

            (int precision, int scale) = Accept('(') ? (Number(), Expect(',') ? Number() : 0) : (0, 0);
            _failed |= precision != 0 && !Expect(')');
            bool isOpen = Accept('*');
            var fields = new List<SqlField>();
            for (bool more = Accept('['); more && !_failed; more = Accept(',') || !Expect(']'))
            {
                string name = Name();
                if (Expect(' ') && Type() is { } inside)
                {
                    fields.Add(new SqlField(name, inside, Accept('?')));
                }
            }

            ClrShape? shape = !_failed && fields.Count > 0 && Accept('(') ? Shape() : null;
            return _failed ? null : new SqlType(kind, precision, scale) { Open = isOpen, Fields = new SyntaxList<SqlField>(fields), Clr = shape };
        }

        private ClrShape Shape()
        {
            string type = Name();
            var fields = new List<ClrShapeField>();
            for (bool more = Expect(' '); more && !_failed; more = Accept(',') || !Expect(')'))
            {
                string member = Name();
                fields.Add(new ClrShapeField(member, Expect(':') ? Name() : ""));
            }

            return new ClrShape(type, new SyntaxList<ClrShapeField>(fields));
        }

        private string Name()
        {
            var name = new StringBuilder();
            for (; _at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '.' or '_' or '%'); _at++)
            {
                if (text[_at] != '%')
                {
                    name.Append(text[_at]);
                    continue;
                }

                int code = 0;
                _failed |= _at + 4 >= text.Length || !int.TryParse(text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code);
                name.Append((char)code);
                _at = Math.Min(_at + 4, text.Length);
            }

            return name.ToString();
        }

        private int Number()
        {
            bool isNumber = int.TryParse(Name(), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            _failed |= !isNumber;
            return number;
        }

        private bool Accept(char sign)
        {
            bool isThere = _at < text.Length && text[_at] == sign;
            _at += isThere ? 1 : 0;
            return isThere;
        }

        private bool Expect(char sign)
        {
            _failed |= !Accept(sign);
            return !_failed;
        }
    }
}
