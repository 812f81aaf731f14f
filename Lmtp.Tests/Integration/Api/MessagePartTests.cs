using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class MessagePartTests(ApiSystem system)
{
    private const string Part = "ATT00001";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10)]
    [InlineData(300_000)]
    [InlineData(3_000_000)]
    public async Task Base64_attachment_comes_decoded_with_its_length(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        var user = await system.NewUserAsync();
        var id = await system.DeliverAttachmentAsync(
            user,
            "Content-Type: image/png\nContent-Disposition: attachment; filename=\"a b.png\"\nContent-Transfer-Encoding: base64",
            Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks));

        await using var file = await system.Api.DownloadPartAsync(user.Id, id, Part, Token);

        Assert.Equal(("image/png", (long?)size), (file.ContentType, file.Length));
        Assert.Equal("attachment; filename=\"a b.png\"; filename*=UTF-8''a%20b.png", file.ContentDisposition);
        Assert.Equal(content, await ReadAsync(file.Content));
    }

    [Theory]
    [InlineData("quoted-printable", "Gr=C3=BC=C3=9Fe, a very =\nlong line=3D", "Grüße, a very long line=")]
    [InlineData("8bit", "Grüße", "Grüße")]
    [InlineData("base64", "R3LDvMOf!ZQ== \n\n", "Grüße")]
    [InlineData("x-unknown", "as=20is", "as=20is")]
    public async Task Content_is_decoded_as_its_encoding_says(string encoding, string body, string expected)
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAttachmentAsync(
            user, $"Content-Type: text/plain\nContent-Disposition: attachment\nContent-Transfer-Encoding: {encoding}", body);

        await using var file = await system.Api.DownloadPartAsync(user.Id, id, Part, Token);

        Assert.Equal(expected, Encoding.UTF8.GetString(await ReadAsync(file.Content)));
    }

    [Fact]
    public async Task Large_quoted_printable_attachment_comes_whole()
    {
        var lines = Enumerable.Range(0, 20_000).Select(number => $"Line {number} of =C3=BC=C3=B6 and =\nmore").ToList();
        var user = await system.NewUserAsync();
        var id = await system.DeliverAttachmentAsync(
            user,
            "Content-Type: text/plain\nContent-Disposition: attachment\nContent-Transfer-Encoding: quoted-printable",
            string.Join('\n', lines));

        await using var file = await system.Api.DownloadPartAsync(user.Id, id, Part, Token);

        var expected = string.Join("\r\n", lines).Replace("=C3=BC=C3=B6", "üö", StringComparison.Ordinal).Replace("=\n", string.Empty, StringComparison.Ordinal);
        Assert.Equal(expected, Encoding.UTF8.GetString(await ReadAsync(file.Content)));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("application/xhtml+xml")]
    [InlineData("text/javascript")]
    public async Task What_a_browser_would_run_comes_as_bytes_to_be_saved(string type)
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAttachmentAsync(
            user, $"Content-Type: {type}; name=x\nContent-Disposition: attachment; filename=\"../..\\evil.html\"", "<script>alert(1)</script>");

        using var response = await system.Http.GetAsync($"/api/v1/users/{user.Id}/messages/{id}/parts/{Part}", Token);

        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.DoesNotContain(Path.DirectorySeparatorChar, response.Content.Headers.ContentDisposition?.FileNameStar!);
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attachment_with_known_entity_tag_is_not_sent_again()
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAttachmentAsync(user, "Content-Type: application/pdf", "x");
        var path = $"/api/v1/users/{user.Id}/messages/{id}/parts/{Part}";
        using var first = await system.Http.GetAsync(path, Token);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag ?? EntityTagHeaderValue.Any);
        using var second = await system.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("ATT00002")]
    [InlineData("1")]
    [InlineData("ATT00001%20")]
    public async Task Attachment_that_is_not_there_is_not_found(string part)
    {
        var user = await system.NewUserAsync();
        var id = await system.DeliverAttachmentAsync(user, "Content-Type: application/pdf", "x");

        using var response = await system.Http.GetAsync($"/api/v1/users/{user.Id}/messages/{id}/parts/{part}", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Attachment_of_somebody_else_is_not_found()
    {
        var owner = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        var id = await system.DeliverAttachmentAsync(owner, "Content-Type: application/pdf", "x");

        using var response = await system.Http.GetAsync($"/api/v1/users/{other.Id}/messages/{id}/parts/{Part}", Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Token);
        return content.ToArray();
    }
}
