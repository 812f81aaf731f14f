using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Lmtp.EmbeddedMongo.Bson;
using Lmtp.EmbeddedMongo.Wire;
using MongoDB.Bson;

namespace Lmtp.Tests.Unit.EmbeddedMongo.Wire;

public sealed class OpMsgReaderTests
{
    [Fact]
    public void Body_becomes_the_command()
    {
        var request = OpMsgReader.Read(Message(0, Body("{ping: 1, $db: 'admin'}")));
        Assert.Equal("ping", request.Name);
        Assert.True(request.ExpectsReply);
    }

    [Fact]
    public void More_to_come_wants_no_reply() =>
        Assert.False(OpMsgReader.Read(Message(2, Body("{ping: 1, $db: 'admin'}"))).ExpectsReply);

    [Fact]
    public void Documents_are_the_same_inline_and_as_a_sequence()
    {
        var inline = OpMsgReader.Read(Message(0, Body("{insert: 'c', documents: [{a: 1}, {a: 2}], $db: 'd'}")));
        var sequence = OpMsgReader.Read(Message(0, Body("{insert: 'c', $db: 'd'}"), Sequence("documents", "{a: 1}", "{a: 2}")));
        Assert.Equal(
            inline.Sequences["documents"].Select(document => Convert.ToHexString(document.Span)),
            sequence.Sequences["documents"].Select(document => Convert.ToHexString(document.Span)));
    }

    [Fact]
    public void Right_checksum_is_accepted_and_a_wrong_one_is_not()
    {
        var message = Message(1, [.. Body("{ping: 1}"), 0, 0, 0, 0]);
        var sum = uint.MaxValue;
        foreach (var value in message.AsSpan(0, message.Length - 4))
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(message.Length - 4), ~sum);
        Assert.Equal("ping", OpMsgReader.Read(message).Name);
        message[^1] ^= 1;
        Assert.Throws<ProtocolException>(() => OpMsgReader.Read(message));
    }

    [Fact]
    public void Unknown_required_flag_is_refused() =>
        Assert.Throws<ProtocolException>(() => OpMsgReader.Read(Message(4, Body("{ping: 1}"))));

    [Fact]
    public void Message_without_a_body_is_refused() => Assert.Throws<ProtocolException>(() => OpMsgReader.Read(Message(0)));

    [Fact]
    public void Garbage_is_refused_and_nothing_else_happens()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        var valid = Message(0, Body("{insert: 'c', documents: [{a: 'text', b: [1, {c: null}]}], $db: 'd'}"), Sequence("x", "{a: 1}"));
        for (var i = 0; i < 20_000; i++)
        {
            var message = (byte[])valid.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                message[random.Next(WireProtocol.HeaderLength, message.Length)] = (byte)random.Next(256);
            }

            try
            {
                OpMsgReader.Read(message);
            }
            catch (Exception exception) when (exception is ProtocolException or BsonFormatException)
            {
                // The two ways in which a message is refused.
            }
        }
    }

    [Theory]
    [InlineData(15)]
    [InlineData(-1)]
    [InlineData(WireProtocol.MaxMessageBytes + 1)]
    public void Impossible_length_is_refused(int length)
    {
        var header = new byte[WireProtocol.HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, length);
        Assert.Throws<ProtocolException>(() => MessageHeader.Read(header));
    }

    private static byte[] Body(string json) => [0, .. BsonDocument.Parse(json).ToBson()];

    private static byte[] Sequence(string name, params string[] documents)
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(name), 0, .. documents.SelectMany(json => BsonDocument.Parse(json).ToBson())];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length + 4);
        return [1, .. length, .. content];
    }

    private static byte[] Message(uint flags, params byte[][] sections)
    {
        byte[] message = [.. new byte[WireProtocol.HeaderLength + 4], .. sections.SelectMany(section => section)];
        BinaryPrimitives.WriteInt32LittleEndian(message, message.Length);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(12), WireProtocol.OpMsg);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(WireProtocol.HeaderLength), flags);
        return message;
    }
}
