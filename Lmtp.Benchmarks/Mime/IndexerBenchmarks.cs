using BenchmarkDotNet.Attributes;

using Lmtp.Server.Mime;

namespace Lmtp.Benchmarks.Mime;

/// <summary>The indexer over whole messages, in chunks as they come from a socket.</summary>
[MemoryDiagnoser]
public class IndexerBenchmarks
{
    private const int ChunkSize = 32 * 1024;

    private byte[] _message = [];

    /// <summary>The messages.</summary>
    public enum Sample
    {
        /// <summary>2 kB of plain text.</summary>
        Plain2K,

        /// <summary>30 kB with text, HTML and an attachment.</summary>
        Multipart30K,

        /// <summary>An attachment of 5 MB.</summary>
        Attachment5M,

        /// <summary>10,000 parts.</summary>
        Parts10K,

        /// <summary>5 MB of lines that nearly are delimiters.</summary>
        FalseDelimiters5M,

        /// <summary>100,000 header lines.</summary>
        HeaderLines100K,
    }

    /// <summary>The message that is measured.</summary>
    [ParamsAllValues]
    public Sample Message { get; set; }

    /// <summary>Makes the message.</summary>
    [GlobalSetup]
    public void Setup() => _message = Message switch
    {
        Sample.Plain2K => SampleMessages.Plain(),
        Sample.Multipart30K => SampleMessages.Multipart(),
        Sample.Attachment5M => SampleMessages.LargeAttachment(),
        Sample.Parts10K => SampleMessages.ManyParts(),
        Sample.FalseDelimiters5M => SampleMessages.FalseDelimiters(),
        _ => SampleMessages.ManyHeaderLines(),
    };

    /// <summary>The pass over the bytes: tree, sizes, digests.</summary>
    [Benchmark(Baseline = true)]
    public long Index()
    {
        using var indexer = new MessageIndexer();
        Write(indexer);
        return indexer.EndParsing().Size;
    }

    /// <summary>The pass over the bytes and everything that is made of the result.</summary>
    [Benchmark]
    public async Task<int> IndexAndEvaluate()
    {
        using var indexer = new MessageIndexer();
        Write(indexer);
        using var message = await indexer.CompleteAsync(new MemoryMessageSource(_message), CancellationToken.None).ConfigureAwait(false);
        return message.Attachments.Count;
    }

    private void Write(MessageIndexer indexer)
    {
        for (var offset = 0; offset < _message.Length; offset += ChunkSize)
        {
            indexer.Write(_message.AsSpan(offset, Math.Min(ChunkSize, _message.Length - offset)));
        }
    }
}
