namespace Lmtp.Server.Mime;

/// <summary>Writes the IMAP body structure with extension data (RFC 3501 section 7.4.2) of a node.</summary>
internal static class BodyStructure
{
    public static void Write(MimeNode node, ImapStructure structure)
    {
        var list = structure.BeginList();
        switch (node.ContentType.Type)
        {
            case "multipart":
                WriteMultipart(node, structure);
                break;
            case "text":
                WriteBasicFields(node, structure);
                structure.Number(node.LineCount);
                WriteExtension(node, structure, withMd5: true);
                break;
            case "message" when node.ContentType.Subtype == "rfc822" && node.Message is { } message:
                WriteBasicFields(node, structure);
                Envelope.Write(message.ParsedHeader, message.Addresses, structure);
                Write(message, structure);
                structure.Number(node.LineCount);
                WriteExtension(node, structure, withMd5: true);
                break;
            default:
                WriteBasicFields(node, structure);
                WriteExtension(node, structure, withMd5: true);
                break;
        }

        structure.EndList(list);
    }

    private static void WriteMultipart(MimeNode node, ImapStructure structure)
    {
        var children = node.Children;
        if (children.Count == 0)
        {
            structure.EndList(structure.BeginList());
        }

        foreach (var part in children)
        {
            Write(part, structure);
        }

        var start = structure.Texts.Length;
        Casing.AppendUpper(node.Multipart, structure.Texts);
        structure.EndTextOrNil(start);
        WriteParameters(node.ContentType, structure);
        WriteExtension(node, structure, withMd5: false);
    }

    private static void WriteBasicFields(MimeNode node, ImapStructure structure)
    {
        var (type, subtype) = (node.ContentType.Type, node.ContentType.Subtype);
        if (type.Length == 0 || subtype.Length == 0)
        {
            // Some clients cannot bear a structure without a type.
            (type, subtype) = type == "text" || subtype == "plain" ? ("text", "plain") : ("application", "octet-stream");
        }

        var encoding = node.ContentTransferEncoding;
        structure.UpperText(type);
        structure.UpperText(subtype);
        WriteParameters(node.ContentType, structure);
        WriteLast(node, "content-id", structure);
        WriteLast(node, "content-description", structure);
        structure.UpperText(encoding.Length == 0 ? "7BIT" : encoding);
        structure.Number(node.Size);
    }

    private static void WriteExtension(MimeNode node, ImapStructure structure, bool withMd5)
    {
        if (withMd5)
        {
            WriteLast(node, "content-md5", structure);
        }

        if (node.ContentDisposition is { } disposition)
        {
            var list = structure.BeginList();
            structure.UpperText(disposition.Value);
            WriteParameters(disposition, structure);
            structure.EndList(list);
        }
        else
        {
            structure.Nil();
        }

        using var languages = new ScratchText();
        node.AppendLast("content-language", languages.Buffer);
        WriteLanguages(languages.Buffer.Text, structure);
        WriteLast(node, "content-location", structure);
    }

    private static void WriteLast(MimeNode node, string name, ImapStructure structure)
    {
        var start = structure.Texts.Length;
        node.AppendLast(name, structure.Texts);
        structure.EndTextOrNil(start);
    }

    private static void WriteParameters(ParameterizedValue value, ImapStructure structure)
    {
        if (!value.Parameters.Any)
        {
            structure.Nil();
            return;
        }

        var list = structure.BeginList();
        var parameters = value.Parameters.GetEnumerator();
        while (parameters.MoveNext())
        {
            structure.UpperText(parameters.Name);
            structure.Decoded(parameters.Value, isTrimmed: true);
        }

        structure.EndList(list);
    }

    private static void WriteLanguages(ReadOnlySpan<char> header, ImapStructure structure)
    {
        if (header.Trim(" ,").IsEmpty)
        {
            structure.Nil();
            return;
        }

        var list = structure.BeginList();
        foreach (var range in header.SplitAny(' ', ','))
        {
            if (!header[range].IsEmpty)
            {
                structure.Text(header[range]);
            }
        }

        structure.EndList(list);
    }
}
