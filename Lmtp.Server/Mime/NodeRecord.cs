using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Lmtp.Server.Mime;

/// <summary>What <see cref="MimeTree"/> holds of one node. Other nodes are numbers; 0 is none, as the top node is below no other.</summary>
internal struct NodeRecord
{
    /// <summary>The first header field, by its number over all nodes.</summary>
    public int FirstField;

    /// <summary>The number of header fields.</summary>
    public int FieldCount;

    /// <summary>The bytes of the header without the breaks between its fields, once it is complete.</summary>
    public int HeaderBytes;

    /// <summary>How many documents and arrays enclose the node in the stored document, itself included.</summary>
    public int Level;

    /// <summary>The first part.</summary>
    public int FirstChild;

    /// <summary>The last part so far.</summary>
    public int LastChild;

    /// <summary>The number of parts.</summary>
    public int ChildCount;

    /// <summary>The next part of the multipart that this one belongs to.</summary>
    public int NextSibling;

    /// <summary>The message that is the body, where it is looked into.</summary>
    public int Message;

    /// <summary>The number of the body among the attachments, from 1; 0 when the body stays in the tree.</summary>
    public int Attachment;

    /// <summary>Where the body begins in the buffer of bodies.</summary>
    public int ContentStart;

    /// <summary>Whether the body stands in the buffer of bodies.</summary>
    public bool HasContent;

    /// <summary>Whether there is a boundary that makes this a multipart.</summary>
    public bool IsMultipart;

    /// <summary>Whether <see cref="Sha256"/> is known.</summary>
    public bool IsDigested;

    /// <summary>Whether the body is base64 that decoding and encoding gives back to the byte, as far as it was watched.</summary>
    public bool IsCanonicalBase64;

    /// <summary>Content-Type.</summary>
    public ParameterizedValue ContentType;

    /// <summary>Content-Disposition.</summary>
    public ParameterizedValue? ContentDisposition;

    /// <summary>Content-Transfer-Encoding as received.</summary>
    public string TransferEncoding;

    /// <summary>Where the body lies in the received bytes.</summary>
    public BodyRecord Body;

    /// <summary>The SHA-256 of the body.</summary>
    public Digest Sha256;

    /// <summary>The header by name, once somebody asked.</summary>
    public ParsedHeader? ParsedHeader;

    /// <summary>The bytes of a SHA-256.</summary>
    [InlineArray(SHA256.HashSizeInBytes)]
    public struct Digest
    {
        private byte _first;
    }
}
