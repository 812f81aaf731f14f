namespace Lmtp.Server.Mime;

/// <summary>Makes of header fields what is stored by name: text, addresses, or a value with parameters.</summary>
internal static class HeaderParser
{
    /// <summary>Parses all fields of a header.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="header">What was made of them already.</param>
    /// <param name="replacements">Values to be used in place of those of the fields.</param>
    public static List<KeyValuePair<string, HeaderValue>> Parse(
        IReadOnlyList<HeaderField> fields, ParsedHeader header, ReadOnlySpan<KeyValuePair<string, HeaderValue>> replacements)
    {
        var gathered = new GatheredFields(fields).Fields;
        var items = new List<KeyValuePair<string, HeaderValue>>(gathered.Length + replacements.Length + 1);
        var isTyped = false;
        foreach (var field in gathered)
        {
            isTyped |= field.Name == "content-type";
            if (!Contains(replacements, field.Name))
            {
                items.Add(new(field.Name, Value(field, header)));
            }
        }

        if (!isTyped)
        {
            items.Add(new("content-type", new HeaderValue(header.ContentType)));
        }

        items.AddRange(replacements);
        return items;
    }

    private static HeaderValue Value(in GatheredField field, ParsedHeader header) => field.Name switch
    {
        "content-type" => new HeaderValue(header.ContentType),
        "content-disposition" => header.ContentDisposition is { } disposition ? new HeaderValue(disposition) : new HeaderValue(""),
        "from" or "sender" or "reply-to" or "to" or "cc" or "bcc" => Addresses(field, header),
        "in-reply-to" or "message-id" or "content-transfer-encoding" or "content-id" or "content-description"
            or "content-language" or "content-md5" or "content-location" => new HeaderValue(field.Last),
        _ => Texts(field),
    };

    private static bool Contains(ReadOnlySpan<KeyValuePair<string, HeaderValue>> replacements, string name)
    {
        foreach (var (replaced, _) in replacements)
        {
            if (replaced == name)
            {
                return true;
            }
        }

        return false;
    }

    private static HeaderValue Addresses(in GatheredField field, ParsedHeader header) =>
        field.Earlier is null && field.Last.Length == 0
            ? new HeaderValue("")
            : new HeaderValue(header.Addresses(field.Name));

    private static HeaderValue Texts(in GatheredField field) =>
        field.Earlier is null && !GatheredFields.IsObjectProperty(field.Name)
            ? new HeaderValue(field.Last)
            : new HeaderValue(field.InOrder());
}
