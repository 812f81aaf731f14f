namespace Lmtp.Server.Mime;

/// <summary>Makes of header fields what is stored by name: text, addresses, or a value with parameters.</summary>
internal static class HeaderParser
{
    /// <summary>Parses all fields of a header.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="contentType">Content-Type, if it was parsed before.</param>
    /// <param name="contentDisposition">Content-Disposition, if it was parsed before.</param>
    public static ParsedHeader Parse(
        IReadOnlyList<HeaderField> fields, ParameterizedValue? contentType = null, ParameterizedValue? contentDisposition = null)
    {
        var gathered = new GatheredFields(fields).Fields;
        var isTyped = false;
        foreach (var field in gathered)
        {
            isTyped |= field.Name == "content-type";
        }

        var items = new KeyValuePair<string, HeaderValue>[gathered.Length + (isTyped ? 0 : 1)];
        for (var index = 0; index < gathered.Length; index++)
        {
            var name = gathered[index].Name;
            items[index] = new(name, name switch
            {
                "content-type" => Parameterized(gathered[index], contentType) ?? new HeaderValue(ParameterizedValue.TextPlain),
                "content-disposition" => Parameterized(gathered[index], contentDisposition) ?? new HeaderValue(""),
                "from" or "sender" or "reply-to" or "to" or "cc" or "bcc" => Addresses(gathered[index]),
                "in-reply-to" or "message-id" or "content-transfer-encoding" or "content-id" or "content-description"
                    or "content-language" or "content-md5" or "content-location" => new HeaderValue(gathered[index].Last),
                _ => Texts(gathered[index]),
            });
        }

        if (!isTyped)
        {
            items[^1] = new("content-type", new HeaderValue(ParameterizedValue.TextPlain));
        }

        return new ParsedHeader(items);
    }

    private static HeaderValue? Parameterized(in GatheredField field, ParameterizedValue? parsed) =>
        field.Earlier is null && field.Last.Length == 0
            ? null
            : new HeaderValue(parsed ?? ParameterizedValue.Parse(field.Last));

    private static HeaderValue Addresses(in GatheredField field)
    {
        if (field.Earlier is null && field.Last.Length == 0)
        {
            return new HeaderValue("");
        }

        var addresses = new List<MailAddress>();
        foreach (var text in field.InOrder())
        {
            AddressParser.Parse(text, addresses);
        }

        return new HeaderValue(addresses);
    }

    private static HeaderValue Texts(in GatheredField field) =>
        field.Earlier is null && !GatheredFields.IsObjectProperty(field.Name)
            ? new HeaderValue(field.Last)
            : new HeaderValue(field.InOrder());
}
