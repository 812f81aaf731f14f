using System.Text;
using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.EmbeddedMongo.Index;

/// <summary>
/// Makes the keys of a document for a text index: the values of the fields before the text fields, then one word. Fields
/// after the text fields are not kept; queries test them on the document.
/// </summary>
internal sealed class TextKeyExtractor
{
    private const string AllFields = "$**";

    private readonly IndexField[] _prefix;
    private readonly IndexField[] _texts;

    /// <summary>Makes an extractor.</summary>
    public TextKeyExtractor(IndexDefinition definition)
    {
        _prefix = [.. definition.Fields.TakeWhile(field => field.Kind != IndexFieldKind.Text)];
        _texts = [.. definition.Fields.Where(field => field.Kind == IndexFieldKind.Text)];
    }

    /// <summary>Appends a word to a key.</summary>
    public static void AppendWord(ByteBuffer buffer, string word)
    {
        buffer.Append(KeyType.String);
        buffer.Append(Encoding.UTF8.GetBytes(word));
        buffer.Append([0, 0]);
    }

    /// <summary>Adds the keys of a document, one for each different word.</summary>
    public void Extract(ReadOnlySpan<byte> document, KeyList keys)
    {
        HashSet<string> words = new(StringComparer.Ordinal);
        BsonValueSlice root = new(BsonType.Document, document);
        foreach (IndexField field in _texts)
        {
            if (field.Path.Text == AllFields)
            {
                AddAllStrings(root, words);
            }
            else
            {
                AddStrings(root, field.Path, 0, words);
            }
        }

        ByteBuffer prefix = new();
        foreach (IndexField field in _prefix)
        {
            KeyEncoder.Append(prefix, new BsonSlice(document).Walk(field.Path), field.IsDescending);
        }

        foreach (string word in words)
        {
            keys.Buffer.Append(prefix.Span);
            AppendWord(keys.Buffer, word);
            keys.EndDistinctKey();
        }

        keys.MultikeyFields |= words.Count > 1 ? 1UL << _prefix.Length : 0;
    }

    private static void AddStrings(BsonValueSlice value, BsonPath path, int depth, HashSet<string> words)
    {
        if (value.Type == BsonType.Array)
        {
            foreach (BsonElement element in value.AsDocument)
            {
                AddStrings(element.Value, path, depth, words);
            }
        }
        else if (depth == path.Names.Length)
        {
            AddWords(value, words);
        }
        else if (value.Type == BsonType.Document)
        {
            AddStrings(value.AsDocument[path.Names[depth]], path, depth + 1, words);
        }
    }

    private static void AddAllStrings(BsonValueSlice value, HashSet<string> words)
    {
        AddWords(value, words);
        if (value.Type is not (BsonType.Document or BsonType.Array))
        {
            return;
        }

        foreach (BsonElement element in value.AsDocument)
        {
            AddAllStrings(element.Value, words);
        }
    }

    private static void AddWords(BsonValueSlice value, HashSet<string> words)
    {
        if (value.Type == BsonType.String)
        {
            TextTokenizer.AddWords(Encoding.UTF8.GetString(value.AsUtf8), words);
        }
    }
}
