using System.Buffers.Binary;
using System.Text.Unicode;

namespace Lmtp.EmbeddedMongo.Bson;

/// <summary>Checks bytes from outside before anything else reads them: lengths, types, UTF-8, nesting and size.</summary>
internal static class BsonValidator
{
    /// <summary>Checks a document that a client wants to store.</summary>
    /// <param name="document">The bytes; all of them must be the document.</param>
    /// <exception cref="BsonFormatException">They are not well-formed, too large (16 MiB) or nested too deep (100).</exception>
    public static void Validate(ReadOnlySpan<byte> document)
    {
        if (document.Length > BsonLayout.MaxDocumentSize)
        {
            throw new BsonFormatException(
                $"object to insert too large. size in bytes: {document.Length}, max size: {BsonLayout.MaxDocumentSize}", true);
        }

        ValidateStructure(document, BsonLayout.MaxNesting);
    }

    /// <summary>Checks the structure of a document without the size limit for stored documents.</summary>
    /// <param name="document">The bytes; all of them must be the document.</param>
    /// <param name="maxNesting">How deep documents may be nested; the outermost counts as one.</param>
    /// <exception cref="BsonFormatException">The bytes are not well-formed or nested too deep.</exception>
    public static void ValidateStructure(ReadOnlySpan<byte> document, int maxNesting = BsonLayout.MaxInternalNesting)
    {
        int length = CheckDocument(document, maxNesting);
        if (length != document.Length)
        {
            throw new BsonFormatException($"document of {length} bytes in {document.Length} bytes");
        }
    }

    private static int CheckDocument(ReadOnlySpan<byte> bytes, int nestingLeft)
    {
        if (nestingLeft <= 0)
        {
            throw new BsonFormatException("document is nested too deep");
        }

        int length = CheckedLength(bytes, BsonLayout.EmptyDocumentSize, 0);
        ReadOnlySpan<byte> rest = bytes[4..length];
        if (rest[^1] != 0)
        {
            throw new BsonFormatException("document does not end with a zero byte");
        }

        rest = rest[..^1];
        while (!rest.IsEmpty)
        {
            BsonType type = (BsonType)rest[0];
            rest = rest[1..];
            rest = rest[CheckCString(rest)..];
            rest = rest[CheckValue(type, rest, nestingLeft)..];
        }

        return length;
    }

    private static int CheckValue(BsonType type, ReadOnlySpan<byte> bytes, int nestingLeft)
    {
        switch (type)
        {
            case BsonType.String or BsonType.JavaScript or BsonType.Symbol:
                return CheckString(bytes);
            case BsonType.Document or BsonType.Array:
                return CheckDocument(bytes, nestingLeft - 1);
            case BsonType.Binary:
                return CheckBinary(bytes);
            case BsonType.RegularExpression:
                int pattern = CheckCString(bytes);
                return pattern + CheckCString(bytes[pattern..]);
            case BsonType.DBPointer:
                return CheckFixed(CheckString(bytes) + 12, bytes);
            case BsonType.JavaScriptWithScope:
                return CheckCodeWithScope(bytes, nestingLeft);
            case BsonType.Boolean:
                return !bytes.IsEmpty && bytes[0] <= 1 ? 1 : throw new BsonFormatException("boolean is neither 0 nor 1");
            case BsonType.Missing:
                throw new BsonFormatException("document ends before its length");
            default:
                return CheckFixed(BsonLayout.ValueLength(type, bytes), bytes);
        }
    }

    private static int CheckFixed(int length, ReadOnlySpan<byte> bytes) =>
        length <= bytes.Length ? length : throw new BsonFormatException("value is cut off");

    private static int CheckedLength(ReadOnlySpan<byte> bytes, int minimum, int extra)
    {
        if (bytes.Length < 4)
        {
            throw new BsonFormatException("length is cut off");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return length >= minimum && length <= bytes.Length - extra
            ? length
            : throw new BsonFormatException($"length {length} is outside of {minimum} to {bytes.Length - extra}");
    }

    private static int CheckCString(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        if (end < 0 || !Utf8.IsValid(bytes[..end]))
        {
            throw new BsonFormatException(end < 0 ? "name is not ended" : "name is not UTF-8");
        }

        return end + 1;
    }

    private static int CheckString(ReadOnlySpan<byte> bytes)
    {
        int length = CheckedLength(bytes, 1, 4);
        ReadOnlySpan<byte> text = bytes.Slice(4, length);
        if (text[^1] != 0 || !Utf8.IsValid(text[..^1]))
        {
            throw new BsonFormatException(text[^1] != 0 ? "string is not ended by a zero byte" : "string is not UTF-8");
        }

        return 4 + length;
    }

    private static int CheckBinary(ReadOnlySpan<byte> bytes)
    {
        int length = CheckedLength(bytes, 0, 5);
        const byte OldBinary = 2;
        bool innerLengthDiffers = bytes[4] == OldBinary
            && (length < 4 || BinaryPrimitives.ReadInt32LittleEndian(bytes[5..]) != length - 4);
        return innerLengthDiffers ? throw new BsonFormatException("binary of subtype 2 with a wrong inner length") : 5 + length;
    }

    private static int CheckCodeWithScope(ReadOnlySpan<byte> bytes, int nestingLeft)
    {
        const int SmallestCode = 5;
        int length = CheckedLength(bytes, 4 + SmallestCode + BsonLayout.EmptyDocumentSize, 0);
        ReadOnlySpan<byte> rest = bytes[4..length];
        int code = CheckString(rest);
        return CheckDocument(rest[code..], nestingLeft - 1) == rest.Length - code
            ? length
            : throw new BsonFormatException("code with scope has a wrong length");
    }
}
