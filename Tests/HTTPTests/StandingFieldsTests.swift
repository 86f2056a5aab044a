// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Testing

@testable import HTTP

@Suite struct StandingFieldsTests {
    private let fields: HTTPFields = [.contentType: "application/json", .vary: "Accept, Accept-Encoding"]
    private let tag = HTTPField(name: .eTag, value: "\"1\"")

    private var response: Response {
        var response = Response(status: .ok, standing: StandingFields(fields), body: [1], isShareable: true)
        response.add(tag)
        return response
    }

    private func serialized(_ response: Response) -> String {
        var output = OutputBuffer()
        ResponseSerializer.appendFields(of: response, to: &output)
        return output.text
    }

    @Test func areSentAndReadLikeOthers() {
        let plain = Response(status: .ok, headerFields: fields + [tag], body: [1], isShareable: true)
        #expect(serialized(response) == serialized(plain))
        #expect(response.headerFields == plain.headerFields)
        #expect(response.notModified.headerFields == plain.notModified.headerFields)
        for name in [.contentType, .vary, .eTag, .location] as [HTTPField.Name] {
            #expect(response.value(of: name) == plain.headerFields[name])
        }
        #expect(PreparedResponse(response).entityTag == Array("\"1\"".utf8))
    }

    @Test func anEntityTagBesideThemIsOneOfTheFields() {
        let plain = Response(status: .ok, headerFields: fields + [tag], body: [1], isShareable: true)
        var tagged = Response(
            status: .ok, standing: StandingFields(fields), entityTag: tag.value, body: [1], isShareable: true)
        #expect(serialized(tagged) == serialized(plain))
        #expect(tagged.headerFields == plain.headerFields)
        #expect(tagged.notModified.headerFields == plain.notModified.headerFields)
        #expect(tagged.value(of: .eTag) == tag.value)
        #expect(PreparedResponse(tagged).entityTag == Array(tag.value.utf8))
        tagged.headerFields[.eTag] = "\"2\""
        #expect(tagged.value(of: .eTag) == "\"2\"" && tagged.headerFields[values: .eTag] == ["\"2\""])
        #expect(serialized(tagged).contains("ETag: \"2\"\r\n") && !serialized(tagged).contains("\"1\""))
        tagged.headerFields[.eTag] = nil
        #expect(tagged.value(of: .eTag) == nil && !serialized(tagged).contains("ETag"))
    }

    @Test func whatIsChangedIsChangedForOneAnswer() {
        let kept = response
        var changed = kept
        changed.headerFields[.contentType] = "text/plain"
        changed.headerFields[.allow] = "GET"
        #expect(changed.standing == nil)
        #expect(
            changed.headerFields == [
                .contentType: "text/plain", .vary: "Accept, Accept-Encoding", .eTag: "\"1\"", .allow: "GET",
            ])
        #expect(serialized(changed).contains("Content-Type: text/plain\r\n"))
        #expect(!serialized(changed).contains("json"))
        #expect(kept.value(of: .contentType) == "application/json")
    }

    @Test func fieldsOfTheServersOwnAreLeftOut() {
        let standing = StandingFields([.contentLength: "7", .connection: "close", .allow: "GET"])
        #expect(
            serialized(Response(status: .ok, standing: standing))
                == "HTTP/1.1 200 OK\r\nAllow: GET\r\nContent-Length: 0\r\n")
    }

    @Test(
        arguments: [
            (nil, false), ("Accept", false), ("Accept-Encodings", false), ("Accept-Encoding", true),
            ("Origin, accept-encoding", true), ("*", true),
        ] as [(String?, Bool)])
    func tellWhetherAnAnswerDependsOnTheCoding(_ vary: String?, isSo: Bool) {
        var fields = HTTPFields()
        fields[.vary] = vary
        #expect(Response(status: .ok, standing: StandingFields(fields)).variesByCoding == isSo)
        #expect(Response(status: .ok, headerFields: fields).variesByCoding == isSo)
    }
}
