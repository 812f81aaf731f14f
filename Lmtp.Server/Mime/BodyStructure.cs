namespace Lmtp.Server.Mime;

/// <summary>Makes the IMAP body structure with extension data (RFC 3501 section 7.4.2) of a node.</summary>
internal static class BodyStructure
{
    public static ImapValue Create(MimeNode node)
    {
        var items = new List<ImapValue>(16);
        switch (node.ContentType.Type)
        {
            case "multipart":
                AppendMultipart(items, node);
                break;
            case "text":
                AppendBasicFields(items, node);
                items.Add(ImapValue.FromNumber(node.LineCount));
                AppendExtension(items, node, withMd5: true);
                break;
            case "message" when node.ContentType.Subtype == "rfc822" && node.Message is { } message:
                AppendBasicFields(items, node);
                items.Add(Envelope.Create(message.ParsedHeader));
                items.Add(Create(message));
                items.Add(ImapValue.FromNumber(node.LineCount));
                AppendExtension(items, node, withMd5: true);
                break;
            default:
                AppendBasicFields(items, node);
                AppendExtension(items, node, withMd5: true);
                break;
        }

        return ImapValue.FromList(items);
    }

    private static void AppendMultipart(List<ImapValue> items, MimeNode node)
    {
        if (node.Children.Count == 0)
        {
            items.Add(ImapValue.FromList([]));
        }

        foreach (var child in node.Children)
        {
            items.Add(Create(child));
        }

        items.Add(ImapValue.FromTextOrNil(Casing.ToUpper(node.Multipart ?? "")));
        items.Add(Parameters(node.ContentType));
        AppendExtension(items, node, withMd5: false);
    }

    private static void AppendBasicFields(List<ImapValue> items, MimeNode node)
    {
        var (type, subtype) = (node.ContentType.Type, node.ContentType.Subtype);
        if (type.Length == 0 || subtype.Length == 0)
        {
            // Some clients cannot bear a structure without a type.
            (type, subtype) = type == "text" || subtype == "plain" ? ("text", "plain") : ("application", "octet-stream");
        }

        var header = node.ParsedHeader;
        var encoding = node.ContentTransferEncoding;
        items.Add(ImapValue.FromText(Casing.ToUpper(type)));
        items.Add(ImapValue.FromText(Casing.ToUpper(subtype)));
        items.Add(Parameters(node.ContentType));
        items.Add(ImapValue.FromTextOrNil(header.Last("content-id")));
        items.Add(ImapValue.FromTextOrNil(header.Last("content-description")));
        items.Add(ImapValue.FromText(encoding.Length == 0 ? "7BIT" : Casing.ToUpper(encoding)));
        items.Add(ImapValue.FromNumber(node.Size));
    }

    private static void AppendExtension(List<ImapValue> items, MimeNode node, bool withMd5)
    {
        var header = node.ParsedHeader;
        if (withMd5)
        {
            items.Add(ImapValue.FromTextOrNil(header.Last("content-md5")));
        }

        items.Add(node.ContentDisposition is { } disposition
            ? ImapValue.FromList([ImapValue.FromText(Casing.ToUpper(disposition.Value)), Parameters(disposition)])
            : ImapValue.Nil);
        items.Add(Languages(header.Last("content-language")));
        items.Add(ImapValue.FromTextOrNil(header.Last("content-location")));
    }

    private static ImapValue Parameters(ParameterizedValue value)
    {
        if (!value.Parameters.Any)
        {
            return ImapValue.Nil;
        }

        var items = new List<ImapValue>(value.Parameters.Count * 2);
        foreach (var (name, text) in value.Parameters)
        {
            items.Add(ImapValue.FromText(Casing.ToUpper(name)));
            items.Add(ImapValue.FromDecoded(Whitespace.Trim(EncodedWords.Decode(text))));
        }

        return ImapValue.FromList(items);
    }

    private static ImapValue Languages(string? header)
    {
        var languages = (header ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        return languages.Length == 0
            ? ImapValue.Nil
            : ImapValue.FromList(languages.Select(ImapValue.FromText));
    }
}
