using Lmtp.Server.Mime;

using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>Writes the MIME tree, headers and IMAP structures as documents.</summary>
internal static class MimeTreeDocument
{
    /// <summary>The <c>mimeTree</c> field of one recipient's copy.</summary>
    public static BsonDocument Create(MessageCopy copy)
    {
        var shared = SharedValues.Of(copy.Message);
        var root = Node(copy.Message.Root, copy.Header, copy.ParsedHeader, shared.Children, shared.Body, shared.Message);
        root.Add("attachmentMap", shared.AttachmentMap);
        return root;
    }

    /// <summary>The <c>attachmentMap</c>.</summary>
    public static BsonDocument Attachments(IndexedMessage message)
    {
        var map = new BsonDocument();
        foreach (var attachment in message.Attachments)
        {
            map.Add(attachment.Id, new BsonBinaryData(attachment.Sha256.ToArray()));
        }

        return map;
    }

    /// <summary>A node that is the same for all recipients.</summary>
    public static BsonDocument Node(MimeNode node) => Node(
        node,
        node.Header,
        node.ParsedHeader,
        Children(node),
        Body(node),
        node.Message is { } message ? Node(message) : null);

    /// <summary>The parts of a node; null when it has none.</summary>
    public static BsonArray? Children(MimeNode node)
    {
        if (node.Children.Count == 0)
        {
            return null;
        }

        var array = new BsonArray(node.Children.Count);
        foreach (var part in node.Children)
        {
            array.Add(Node(part));
        }

        return array;
    }

    /// <summary>The body of a node; false when it is stored apart.</summary>
    public static BsonValue Body(MimeNode node) =>
        node.AttachmentId is null ? new BsonBinaryData(node.Content.ToArray()) : BsonBoolean.False;

    /// <summary>An ENVELOPE or BODYSTRUCTURE value.</summary>
    public static BsonValue Imap(ImapValue value) => value.Kind switch
    {
        ImapValueKind.Number => BsonText.Number(value.Number),
        ImapValueKind.Text => BsonText.String(value.Text),
        ImapValueKind.Decoded => BsonText.Utf8(value.Text),
        ImapValueKind.List => ImapList(value),
        _ => BsonNull.Value,
    };

    private static BsonArray ImapList(ImapValue list)
    {
        var array = new BsonArray();
        foreach (var item in list.Items)
        {
            array.Add(Imap(item));
        }

        return array;
    }

    private static BsonDocument Node(
        MimeNode node, IReadOnlyList<HeaderField> header, ParsedHeader parsedHeader, BsonArray? children, BsonValue body, BsonDocument? message)
    {
        var document = new BsonDocument();
        if (children is not null)
        {
            document.Add("childNodes", children);
        }

        document.Add("header", new BsonArray(header.Select(static field => new BsonString(field.BinaryText))));
        document.Add("parsedHeader", Header(parsedHeader));
        document.Add("body", body);
        document.Add("multipart", node.Multipart is null ? BsonBoolean.False : BsonText.String(node.Multipart));
        document.Add("boundary", node.Boundary is null ? BsonBoolean.False : BsonText.String(node.Boundary));
        if (message is not null)
        {
            document.Add("message", message);
        }

        document.Add("lineCount", node.LineCount);
        document.Add("size", node.Size);
        if (node.AttachmentId is { } attachmentId)
        {
            document.Add("attachmentId", attachmentId);
        }

        return document;
    }

    private static BsonDocument Header(ParsedHeader header)
    {
        var document = new BsonDocument();
        foreach (var (name, value) in header)
        {
            document.Add(name, Value(value));
        }

        return document;
    }

    private static BsonValue Value(HeaderValue value)
    {
        if (value.Parameterized is { } parameterized)
        {
            return Parameterized(parameterized);
        }

        if (value.Addresses is { } addresses)
        {
            return new BsonArray(addresses.Select(Address));
        }

        return value.IsRepeated
            ? new BsonArray(value.Texts.Select(BsonText.String))
            : BsonText.String(value.Texts[0]);
    }

    private static BsonDocument Parameterized(ParameterizedValue value)
    {
        var parameters = new BsonDocument();
        foreach (var (name, text) in value.Parameters)
        {
            parameters.Add(name, BsonText.String(text));
        }

        var document = new BsonDocument
        {
            { "value", BsonText.String(value.Value) },
            { "type", BsonText.String(value.Type) },
            { "subtype", BsonText.String(value.Subtype) },
            { "params", parameters },
        };
        if (value.Parameters.Any)
        {
            document.Add("hasParams", BsonBoolean.True);
        }

        return document;
    }

    private static BsonDocument Address(MailAddress address)
    {
        if (address.Group is { } members)
        {
            return new BsonDocument
            {
                { "name", BsonText.String(address.Name) },
                { "group", new BsonArray(members.Select(Address)) },
            };
        }

        return new BsonDocument
        {
            { "address", BsonText.String(address.Address) },
            { "name", BsonText.String(address.Name) },
        };
    }
}
