using Lmtp.EmbeddedMongo.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Bson;

public sealed class BsonValidatorTests
{
    [Fact]
    public void Random_documents_are_valid()
    {
        RandomBson random = new(17);
        for (int i = 0; i < 5_000; i++)
        {
            BsonValidator.Validate(random.Document(4));
        }
    }

    [Fact]
    public void Damaged_documents_are_refused_or_can_be_read_to_the_end()
    {
        RandomBson random = new(19);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] document = random.Document(3);
            document[random.Random.Next(document.Length)] = (byte)random.Random.Next(256);
            try
            {
                BsonValidator.Validate(document);
            }
            catch (BsonFormatException)
            {
                continue;
            }

            BsonText.Format(document);
            ByteBuffer key = new();
            KeyEncoder.Append(key, new BsonValueSlice(BsonType.Document, document));
        }
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Nesting_is_limited(int depth, bool valid)
    {
        byte[] document = BsonDocumentBuilder.EmptyDocument.ToArray();
        for (int i = 1; i < depth; i++)
        {
            document = new BsonDocumentBuilder().AppendDocument("a"u8, document).ToArray();
        }

        Assert.Equal(valid, Record.Exception(() => BsonValidator.Validate(document)) is null);
    }

    [Theory]
    [InlineData(BsonLayout.MaxDocumentSize, true)]
    [InlineData(BsonLayout.MaxDocumentSize + 1, false)]
    public void Size_is_limited(int size, bool valid)
    {
        byte[] data = new byte[size - 13];
        byte[] binary = [.. BitConverter.GetBytes(data.Length), 0, .. data];
        byte[] document = new BsonDocumentBuilder().Append("a"u8, new BsonValueSlice(BsonType.Binary, binary)).ToArray();
        Assert.Equal(size, document.Length);
        BsonFormatException? error = Record.Exception(() => BsonValidator.Validate(document)) as BsonFormatException;
        Assert.Equal(valid, error is null);
        Assert.Equal(!valid, error?.IsTooLarge ?? false);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        byte[] document = new BsonDocumentBuilder().Append("a"u8, new BsonValueSlice(BsonType.String, [3, 0, 0, 0, 0xC3, 0x28, 0])).ToArray();
        Assert.Throws<BsonFormatException>(() => BsonValidator.Validate(document));
    }
}
