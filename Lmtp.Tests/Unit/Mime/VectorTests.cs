using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

using Lmtp.Server.Mime;
using Lmtp.Server.Mime.Html;

namespace Lmtp.Tests.Unit.Mime;

public sealed class VectorTests
{
    [Fact]
    public void Addresses_are_parsed_as_in_WildDuck() =>
        Vectors.AssertAll("addressparser", item => (Json(item, "out"), Serialize(AddressList(Addresses(Text(item))))));

    [Fact]
    public void Parameters_are_parsed_as_in_WildDuck() =>
        Vectors.AssertAll("parseValueParams", item => (Json(item, "out"), Serialize(Parameterized(ParameterizedValue.Parse(Text(item))))));

    [Fact]
    public void Encoded_words_are_decoded_as_in_WildDuck() =>
        Vectors.AssertAll("decodeWords", item => (Out(item), EncodedWords.Decode(Text(item))));

    [Fact]
    public void Words_are_encoded_as_in_WildDuck() =>
        Vectors.AssertAll("encodeWords", item => (Out(item), EncodedWords.Encode(Text(item))));

    [Fact]
    public void Dates_are_read_as_in_WildDuck() =>
        Vectors.AssertAll("dates", item => (item.GetProperty("out").GetRawText(), Date(MessageDate.Parse(Text(item)))));

    [Fact]
    public void Previews_are_made_as_in_WildDuck() =>
        Vectors.AssertAll("createIntro", item => (Out(item), Written(preview => MessagePreview.Create(Text(item), preview))));

    [Fact]
    public void Flowed_text_is_unfolded_as_in_WildDuck() =>
        Vectors.AssertAll("flowed", item => (
            Out(item) + "|" + item.GetProperty("delsp").GetString(),
            Flowed(Text(item), deleteSpace: false) + "|" + Flowed(Text(item), deleteSpace: true)));

    [Fact]
    public void Html_is_converted_to_text_as_in_WildDuck() =>
        Vectors.AssertAll("htmlToText", item => (Out(item), Written(text => HtmlToText.TryConvert(Text(item), text))));

    [Fact]
    public void Text_is_converted_to_html_as_in_WildDuck() =>
        Vectors.AssertAll("textToHtml", item => (
            Json(item, "html") + item.GetProperty("text").GetString(),
            Serialize(new JsonArray(Html(Text(item)))) + Whitespace.Trim(Text(item))));

    [Fact]
    public void Headers_are_indexed_as_in_WildDuck() =>
        Vectors.AssertAll("indexedHeaders", item => (Json(item, "out"), Serialize(new JsonArray(
            [.. Indexed(HeaderField.FromBinaryText(Text(item)))
                .Select(static header => new JsonObject { ["key"] = header.Key, ["value"] = header.Value })]))));

    [Fact]
    public void Subjects_are_normalised_as_in_WildDuck() =>
        Vectors.AssertAll("normalizeSubject", item => (
            item.GetProperty("keep").GetString() + "|" + item.GetProperty("strip").GetString(),
            MessageSubject.Normalize(Text(item)) + "|" + MessageSubject.Strip(Text(item))));

    [Fact]
    public void Thread_references_are_digested_as_in_WildDuck() =>
        Vectors.AssertAll("threadIds", item => (Json(item, "out"), Serialize(new JsonArray(
            [.. ThreadReferences.Create(Header(item.GetProperty("in"))).Select(static id => JsonValue.Create(id))]))));

    private static string Written(Action<TextBuffer> write)
    {
        using var text = new TextBuffer();
        write(text);
        return text.ToString();
    }

    private static string Flowed(string text, bool deleteSpace) => Written(result => FlowedText.Decode(text, deleteSpace, result));

    private static MailAddress[] Addresses(string text)
    {
        using var addresses = new AddressTable();
        AddressParser.Parse(text, addresses);
        return addresses.ToArray(0, addresses.Count);
    }

    private static List<IndexedHeader> Indexed(HeaderField field)
    {
        using var texts = new TextBuffer();
        using var headers = new IndexedHeaderList(texts);
        HeaderIndex.Write([field], headers);
        return [.. headers];
    }

    private static string Text(JsonElement item) => item.GetProperty("in").GetString()!;

    private static string Out(JsonElement item) => item.GetProperty("out").GetString()!;

    private static string Json(JsonElement item, string name) => Serialize(JsonNode.Parse(item.GetProperty(name).GetRawText()));

    private static string Serialize(JsonNode? node) => node?.ToJsonString() ?? "null";

    private static string Date(long? milliseconds)
    {
        if (milliseconds is not { } value)
        {
            return "null";
        }

        // The calendar repeats every 400 years; years that DateTime does not have are moved into its range.
        const long Cycle = 146_097L * 86_400_000;
        var cycles = value is > -60_000_000_000_000 and < 250_000_000_000_000 ? 0 : (long)Math.Floor((double)value / Cycle);
        var date = DateTime.UnixEpoch.AddMilliseconds(value - (cycles * Cycle));
        var year = date.Year + (cycles * 400);
        var years = year is >= 0 and <= 9999 ? $"{year:0000}" : $"{(year < 0 ? '-' : '+')}{Math.Abs(year):000000}";
        return $"\"{years}{date.ToString("-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)}\"";
    }

    private static JsonNode?[] Html(string text)
    {
        var html = Written(html => HtmlEncoder.Encode(text, html));
        return Whitespace.Trim(text).Length == 0 ? [] : [html];
    }

    private static JsonArray AddressList(IEnumerable<MailAddress> addresses) => [.. addresses.Select(Address)];

    private static JsonObject Address(MailAddress address) => address.Group is { } members
        ? new JsonObject { ["name"] = address.Name, ["group"] = AddressList(members) }
        : new JsonObject { ["address"] = address.Address, ["name"] = address.Name };

    private static JsonObject Parameterized(ParameterizedValue value)
    {
        var parameters = new JsonObject();
        foreach (var (name, text) in value.Parameters)
        {
            parameters[name] = text;
        }

        var result = new JsonObject { ["value"] = value.Value, ["type"] = value.Type, ["subtype"] = value.Subtype, ["params"] = parameters };
        if (value.Parameters.Any)
        {
            result["hasParams"] = true;
        }

        return result;
    }

    private static ParsedHeader Header(JsonElement values)
    {
        var fields = new List<HeaderField>();
        foreach (var property in values.EnumerateObject())
        {
            var texts = property.Value.ValueKind == JsonValueKind.Array
                ? property.Value.EnumerateArray().Select(static text => text.GetString())
                : [property.Value.GetString()];
            fields.AddRange(texts.Select(text => HeaderField.FromBinaryText(
                Encoding.Latin1.GetString(Encoding.UTF8.GetBytes($"{property.Name}: {text}")))));
        }

        return ParsedHeader.Parse(fields);
    }
}
