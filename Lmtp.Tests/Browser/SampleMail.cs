using System.Text;
using Lmtp.Contracts;

namespace Lmtp.Tests.Browser;

/// <summary>Mail that has something of everything that the pages of a mailbox show.</summary>
internal static class SampleMail
{
    private const string OnePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    /// <summary>Subjects that would turn or widen what stands around them.</summary>
    public static string[] OddSubjects() =>
    [
        "\u202Egnp.exe txet desrever",
        "שלום עולם — דוח רבעוני (2026)",
        "مرحبا بالعالم 123 تقرير",
        "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 emoji family 🇩🇪",
        "Z̸̢̛̘a̷͎͠l̴̰̈́g̵̺̽o̶͚͝ ̸̙͐c̵͎̈́o̵̟͝m̶͉͝e̴͙̅s̷̝͝ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘",
        new string('W', 900),
        "日本語の件名はとても長いことがありますので、表示が崩れないことを確かめる必要があります。日本語の件名はとても長いことがあります。",
    ];

    /// <summary>HTML with a picture and its plain text, and a file with a name beyond ASCII.</summary>
    public static string Full(UserResponse user) => $"""
        From: =?utf-8?Q?Zo=C3=AB?= Example <zoe@example.org>
        To: {user.Address}, Team <team@example.org>
        Cc: board@example.org
        Reply-To: answers@example.org
        Subject: Quarterly report =?utf-8?Q?f=C3=BCr?= everybody
        Date: Mon, 01 Jun 2026 10:00:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=m

        --m
        Content-Type: multipart/alternative; boundary=a

        --a
        Content-Type: text/plain; charset=utf-8

        The report, as text.
        --a
        Content-Type: multipart/related; boundary=r

        --r
        Content-Type: text/html; charset=utf-8

        <h1 style="color: #3457d5">Quarterly report</h1><p>Dear all, here are <b>the numbers</b>.</p>
        <table border=1 cellpadding=6><tr><th>Month</th><th>Mail</th></tr><tr><td>March</td><td>1,204</td></tr></table>
        <p><img src="cid:logo@example.org" alt="Logo" width=40 height=40> <a href="https://example.org/">Read more</a></p>
        --r
        Content-Type: image/png
        Content-ID: <logo@example.org>
        Content-Transfer-Encoding: base64

        {OnePixel}
        --r--
        --a--
        --m
        Content-Type: text/csv; charset=utf-8
        Content-Disposition: attachment; filename*=utf-8''Zahlen%20f%C3%BCr%20M%C3%A4rz.csv
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(Encoding.UTF8.GetBytes("a;b\r\n1;2"))}
        --m--

        """;
}
