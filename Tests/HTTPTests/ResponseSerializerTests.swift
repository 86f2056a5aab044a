// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import HTTP

/// What every answer of these tests is stamped with.
private let date = HTTPDate(unixTime: 784_111_777)
private let id = RequestID(randomHigh: 0x0123_4567_89AB_CDEF, randomLow: 0x0123_4567_89AB_CDEF)
private let stamp = """
    Date: Sun, 06 Nov 1994 08:49:37 GMT\r
    X-Request-Id: 01234567-89ab-4def-8123-456789abcdef
    """

@Suite struct ResponseSerializerTests {
    private func serialized(
        _ response: Response, includeBody: Bool = true, persistence: Persistence = .implied
    ) -> String {
        var output = OutputBuffer()
        ResponseSerializer.append(
            response, to: &output, date: date, id: id, includeBody: includeBody, persistence: persistence)
        return output.text
    }

    private let answer = Response(
        status: .ok, headerFields: [.contentType: "text/plain", .eTag: "\"1\"", .vary: "Accept"], body: Array("hi".utf8)
    )

    @Test func writesAnAnswer() {
        let head = """
            HTTP/1.1 200 OK\r
            Content-Type: text/plain\r
            ETag: "1"\r
            Vary: Accept\r
            Content-Length: 2\r
            \(stamp)
            """
        #expect(serialized(answer) == head + "\r\n\r\nhi")
        #expect(serialized(answer, includeBody: false) == head + "\r\n\r\n")
        #expect(serialized(answer, persistence: .close) == head + "\r\nConnection: close\r\n\r\nhi")
        #expect(serialized(answer, persistence: .keepAlive) == head + "\r\nConnection: keep-alive\r\n\r\nhi")
    }

    @Test func anEmptyAnswerHasALengthToo() {
        #expect(
            serialized(Response(status: .created)) == "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\(stamp)\r\n\r\n")
    }

    @Test(arguments: [(204, "No Content"), (304, "Not Modified")])
    func someAnswersHaveNoContentAndNoLength(_ code: Int, _ reason: String) {
        let response = Response(status: HTTPResponse.Status(code: code, reasonPhrase: reason), body: Array("x".utf8))
        #expect(serialized(response) == "HTTP/1.1 \(code) \(reason)\r\n\(stamp)\r\n\r\n")
    }

    @Test func theServersOwnFieldsAreWrittenOnce() {
        var response = Response(status: .ok)
        for name in ["Date", "content-length", "Connection", "X-Request-ID", "Transfer-Encoding"] {
            if let name = HTTPField.Name(name) { response.headerFields[name] = "7" }
        }
        #expect(serialized(response) == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\(stamp)\r\n\r\n")
    }

    @Test func aValueCannotBreakOutOfItsLine() {
        let response = Response(status: .ok, headerFields: [.location: "/a\r\nSet-Cookie: b=c"])
        #expect(
            serialized(response)
                == "HTTP/1.1 200 OK\r\nLocation: /a  Set-Cookie: b=c\r\nContent-Length: 0\r\n\(stamp)\r\n\r\n")
    }

    @Test func repeatedFieldsStayApart() {
        var response = Response(status: .ok)
        response.headerFields.append(HTTPField(name: .setCookie, value: "a=1"))
        response.headerFields.append(HTTPField(name: .setCookie, value: "b=2"))
        #expect(
            serialized(response)
                == "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\(stamp)\r\n\r\n")
    }

    @Test func writesTheInterimAnswer() {
        var output = OutputBuffer()
        ResponseSerializer.appendContinue(to: &output)
        #expect(output.look().text == "HTTP/1.1 100 Continue\r\n\r\n")
    }

    // MARK: Prepared answers

    @Test(arguments: [Persistence.implied, .close, .keepAlive], [true, false])
    func aPreparedAnswerIsTheSameBytes(_ persistence: Persistence, _ includeBody: Bool) {
        for response in [answer, Response(status: .notFound, body: [1, 2]), Response(status: .noContent, body: [1])] {
            var output = OutputBuffer()
            PreparedResponse(response).append(
                to: &output, date: date, id: id, includeBody: includeBody, persistence: persistence)
            #expect(output.look().text == serialized(response, includeBody: includeBody, persistence: persistence))
        }
    }

    @Test func itsNotModifiedFormKeepsWhatGuidesCaches() {
        var response = answer
        response.headerFields[.cacheControl] = "no-cache"
        response.headerFields[.contentEncoding] = "gzip"
        response.headerFields[.accessControlAllowOrigin] = "*"
        response.headerFields[.contentLocation] = "/x"
        var output = OutputBuffer()
        PreparedResponse(response).appendNotModified(to: &output, date: date, id: id, persistence: .implied)
        #expect(
            output.look().text == """
                HTTP/1.1 304 Not Modified\r
                ETag: "1"\r
                Vary: Accept\r
                Cache-Control: no-cache\r
                Access-Control-Allow-Origin: *\r
                Content-Location: /x\r
                \(stamp)\r\n\r\n
                """)
    }

    @Test func onlyAnOKAnswerWithATagIsHeld() {
        func isHeld(_ response: Response, by list: String) -> Bool {
            PreparedResponse(response).isHeld(ifNoneMatch: Array(list.utf8).span)
        }
        #expect(isHeld(answer, by: "W/\"1\""))
        #expect(!isHeld(answer, by: "\"2\""))
        var other = answer
        other.status = .notFound
        #expect(!isHeld(other, by: "\"1\""))
        other = answer
        other.headerFields[.eTag] = nil
        #expect(!isHeld(other, by: "\"1\""))
        #expect(!isHeld(other, by: "*"))
    }

    @Test func aPreparedAnswerKnowsItsCost() {
        let small = PreparedResponse(Response(status: .ok))
        let large = PreparedResponse(Response(status: .ok, body: [UInt8](repeating: 0, count: 999)))
        #expect(large.byteCount - small.byteCount >= 999)
    }
}
