using System.Globalization;
using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>Writes BSON values as JSON of one of the dialects.</summary>
internal sealed class JsonFormatter(JsonWriterSettings settings)
{
    private readonly StringBuilder _text = new();
    private int _depth;

    private bool IsShell => settings.OutputMode == JsonOutputMode.Shell;

    private bool IsCanonical => settings.OutputMode == JsonOutputMode.CanonicalExtendedJson;

    public static string Format(BsonValue value, JsonWriterSettings settings)
    {
        var formatter = new JsonFormatter(settings);
        formatter.Write(value);
        return formatter._text.ToString();
    }

    private void Write(BsonValue value)
    {
        switch (value)
        {
            case BsonDocument document:
                WriteDocument(document);
                break;
            case BsonArray array:
                WriteArray(array);
                break;
            case BsonString text:
                WriteQuoted(text.Value);
                break;
            case BsonInt32 number:
                WriteWrapped(IsCanonical, "$numberInt", Invariant(number.Value));
                break;
            case BsonInt64 number:
                WriteInt64(number.Value);
                break;
            case BsonDouble number:
                WriteDouble(number.Value);
                break;
            case BsonDecimal128 number:
                _text.Append(IsShell ? $"NumberDecimal(\"{number}\")" : $"{{ \"$numberDecimal\" : \"{number}\" }}");
                break;
            case BsonBoolean flag:
                _text.Append(flag.Value ? "true" : "false");
                break;
            case BsonNull:
                _text.Append("null");
                break;
            case BsonDateTime time:
                WriteDateTime(time);
                break;
            case BsonObjectId id:
                _text.Append(IsShell ? $"ObjectId(\"{id}\")" : $"{{ \"$oid\" : \"{id}\" }}");
                break;
            case BsonBinaryData data:
                WriteBinary(data);
                break;
            default:
                WriteRareValue(value);
                break;
        }
    }

    private void WriteRareValue(BsonValue value)
    {
        switch (value)
        {
            case BsonRegularExpression regex when IsShell:
                _text.Append(regex);
                break;
            case BsonRegularExpression regex:
                _text.Append(CultureInfo.InvariantCulture, $"{{ \"$regularExpression\" : {{ \"pattern\" : \"{JsonText.Escape(regex.Pattern)}\", \"options\" : \"{JsonText.Escape(regex.Options)}\" }} }}");
                break;
            case BsonTimestamp timestamp:
                var (seconds, increment) = ((uint)timestamp.Timestamp, (uint)timestamp.Increment);
                _text.Append(IsShell ? $"Timestamp({seconds}, {increment})" : $"{{ \"$timestamp\" : {{ \"t\" : {seconds}, \"i\" : {increment} }} }}");
                break;
            case BsonSymbol symbol:
                _text.Append(CultureInfo.InvariantCulture, $"{{ \"$symbol\" : \"{JsonText.Escape(symbol.Name)}\" }}");
                break;
            case BsonJavaScriptWithScope script:
                _text.Append(CultureInfo.InvariantCulture, $"{{ \"$code\" : \"{JsonText.Escape(script.Code)}\", \"$scope\" : ");
                WriteDocument(script.Scope);
                _text.Append(" }");
                break;
            case BsonJavaScript script:
                _text.Append(CultureInfo.InvariantCulture, $"{{ \"$code\" : \"{JsonText.Escape(script.Code)}\" }}");
                break;
            case BsonUndefined:
                _text.Append(IsShell ? "undefined" : "{ \"$undefined\" : true }");
                break;
            case BsonMinKey:
                _text.Append(IsShell ? "MinKey" : "{ \"$minKey\" : 1 }");
                break;
            case BsonMaxKey:
                _text.Append(IsShell ? "MaxKey" : "{ \"$maxKey\" : 1 }");
                break;
            default:
                throw new BsonSerializationException($"A value of type {value.GetType().Name} cannot be written.");
        }
    }

    private void WriteDocument(BsonDocument document)
    {
        Enter();
        _text.Append('{');
        var first = true;
        foreach (var element in document.Elements)
        {
            _text.Append(first ? "" : ",");
            if (settings.Indent)
            {
                WriteNewLine();
            }
            else
            {
                _text.Append(' ');
            }

            WriteQuoted(element.Name);
            _text.Append(" : ");
            Write(element.Value);
            first = false;
        }

        _depth--;
        if (settings.Indent && !first)
        {
            WriteNewLine();
            _text.Append('}');
        }
        else
        {
            _text.Append(" }");
        }
    }

    private void WriteArray(BsonArray array)
    {
        Enter();
        _text.Append('[');
        var first = true;
        foreach (var value in array)
        {
            _text.Append(first ? "" : ", ");
            Write(value);
            first = false;
        }

        _depth--;
        _text.Append(']');
    }

    private void Enter()
    {
        if (++_depth > settings.MaxSerializationDepth)
        {
            throw new BsonSerializationException("Maximum serialization depth exceeded (does the object being serialized have a circular reference?).");
        }
    }

    private void WriteNewLine()
    {
        _text.Append(settings.NewLineChars);
        for (var level = 0; level < _depth; level++)
        {
            _text.Append(settings.IndentChars);
        }
    }

    private void WriteInt64(long value)
    {
        if (IsShell)
        {
            _text.Append(value is >= int.MinValue and <= int.MaxValue ? $"NumberLong({value})" : $"NumberLong(\"{value}\")");
        }
        else
        {
            WriteWrapped(IsCanonical, "$numberLong", Invariant(value));
        }
    }

    private void WriteDouble(double value)
    {
        var text = JsonText.Format(value);
        WriteWrapped(IsCanonical || (!IsShell && !double.IsFinite(value)), "$numberDouble", text);
    }

    private void WriteDateTime(BsonDateTime value)
    {
        const string Format = "yyyy-MM-ddTHH:mm:ss.FFFZ";
        var milliseconds = value.MillisecondsSinceEpoch;
        if (IsShell)
        {
            _text.Append(value.IsValidDateTime
                ? $"ISODate(\"{value.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture)}\")"
                : $"new Date({milliseconds})");
        }
        else if (!IsCanonical && milliseconds >= 0 && value.IsValidDateTime)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{{ \"$date\" : \"{value.ToUniversalTime().ToString(Format, CultureInfo.InvariantCulture)}\" }}");
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $"{{ \"$date\" : {{ \"$numberLong\" : \"{milliseconds}\" }} }}");
        }
    }

    private void WriteBinary(BsonBinaryData data)
    {
        if (!IsShell)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{{ \"$binary\" : {{ \"base64\" : \"{Convert.ToBase64String(data.Bytes)}\", \"subType\" : \"{(int)data.SubType:x2}\" }} }}");
        }
        else if (data.SubType == BsonBinarySubType.UuidStandard)
        {
            _text.Append(CultureInfo.InvariantCulture, $"UUID(\"{data.ToGuid()}\")");
        }
        else if (data.SubType == BsonBinarySubType.UuidLegacy)
        {
            _text.Append(CultureInfo.InvariantCulture, $"HexData(3, \"{new Guid(data.Bytes, bigEndian: true)}\")");
        }
        else
        {
            _text.Append(CultureInfo.InvariantCulture, $"new BinData({(int)data.SubType}, \"{Convert.ToBase64String(data.Bytes)}\")");
        }
    }

    private void WriteWrapped(bool wrapped, string name, string value)
    {
        _text.Append(wrapped ? $"{{ \"{name}\" : \"{value}\" }}" : value);
    }

    private void WriteQuoted(string value) => _text.Append('"').Append(JsonText.Escape(value)).Append('"');

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);
}
