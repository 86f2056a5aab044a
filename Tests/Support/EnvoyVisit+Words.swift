// SPDX-License-Identifier: Apache-2.0

extension EnvoyVisit {
    /// Quoted and told, by people with and without a name, dated and not; two are the same words in two articles.
    static let statements = """
        [
          {
            "id": "salt-came-first", "gist": "Salt came first and Teal Island second", "speaker": null,
            "speakerAs": "an aide", "form": "indirect", "event": {"id": "karst-meeting"},
            "issues": [{"id": "salt-tariff"}, {"id": "teal-island-dispute"}],
            "date": {"edtf": "2031-04-13", "basis": "inferred", "note": "The day of the talks."}, "variants": [],
            "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 3, "anchors": ["aide", "first"]}]
          },
          {
            "id": "meeting-announced", "gist": "She will see the minister on Sunday",
            "speaker": {"id": "mira-talvane"}, "speakerAs": null, "form": "indirect",
            "event": {"id": "envoy-visit"}, "issues": [{"id": "trade"}],
            "date": {"edtf": "2031-04-12~", "basis": "inferred", "note": null}, "variants": [],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 3, "anchors": ["office"]}]
          },
          {
            "id": "no-date-given", "gist": "No date for a journey to Port Lindal", "speaker": {"id": "oskar-brandt"},
            "speakerAs": null, "form": "indirect", "event": {"id": "return-visit"}, "issues": [],
            "date": {"edtf": "2031-04", "basis": "stated", "note": null}, "variants": [],
            "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 6, "anchors": ["gave", "date"]}]
          },
          {
            "id": "not-charged", "gist": "Tobias Quill has not been charged", "speaker": null,
            "speakerAs": "his company", "form": "indirect", "event": null, "issues": [{"id": "detentions"}],
            "date": null, "variants": [],
            "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 5, "anchors": ["charged"]}]
          },
          {
            "id": "freighter-told", "gist": "A freighter was stopped in February", "speaker": null,
            "speakerAs": "the paper", "form": "indirect", "event": {"id": "freighter-stopped"},
            "issues": [{"id": "detentions"}], "date": null, "variants": [{"id": "freighter-quoted"}],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["freighter"]}]
          },
          {
            "id": "freighter-quoted", "gist": "“A freighter … was stopped”", "speaker": {"id": "tobias-quill"},
            "speakerAs": null, "form": "direct", "event": {"id": "freighter-stopped"}, "issues": [], "date": null,
            "variants": [{"id": "freighter-told"}],
            "evidence": [
              {"article": {"id": "notes-from-teal-island"}, "paragraph": 6, "anchors": ["freighter", "wrote"]}
            ]
          }
        ]
        """

    /// About subjects of several types, one of them a place whose id an organization has too. In the last one, two
    /// articles are of one mind.
    static let discrepancies = """
        [
          {
            "id": "whether-they-met", "aspect": "Whether they have met", "subject": {"type": "event", "id": "karst-meeting"},
            "kind": "hedging",
            "accounts": [
              {
                "claim": "They will meet on Sunday.",
                "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 3, "anchors": ["will", "meet"]}]
              },
              {
                "claim": "They met on Sunday.",
                "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["received"]}]
              }
            ]
          },
          {
            "id": "what-of-the-island", "aspect": "What becomes of the island",
            "subject": {"type": "issue", "id": "teal-island-dispute"}, "kind": "scope",
            "accounts": [
              {
                "claim": "Both claim it.",
                "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 2, "anchors": ["claim"]}]
              },
              {
                "claim": "Boats circle it, and it is talked about.",
                "evidence": [
                  {"article": {"id": "talks-in-karst"}, "paragraph": 5, "anchors": ["patrols"]},
                  {"article": {"id": "talks-in-karst"}, "paragraph": 3, "anchors": ["second"]}
                ]
              }
            ]
          },
          {
            "id": "custody-of-quill", "aspect": "How Quill is held", "subject": {"type": "person", "id": "tobias-quill"},
            "kind": "wording",
            "accounts": [
              {
                "claim": "Held ever since.",
                "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["held"]}]
              },
              {
                "claim": "Not charged, says the company.",
                "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 5, "anchors": ["charged"]}]
              }
            ]
          },
          {
            "id": "reach-of-arvenia", "aspect": "How far Arvenia reaches", "subject": {"type": "place", "id": "arvenia"},
            "kind": "attribution",
            "accounts": [
              {
                "claim": "It claims the island.",
                "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 2, "anchors": ["Arvenia"]}]
              },
              {
                "claim": "It reaches as far as its envoy.",
                "evidence": [
                  {"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["Arvenia"]},
                  {"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["Talvane"]}
                ]
              }
            ]
          }
        ]
        """

    /// What the texts give. The articles of the last pair share nothing.
    static let overlaps = """
        [
          {
            "a": {"id": "envoy-lands"}, "b": {"id": "notes-from-teal-island"}, "copiedA": 0.129, "copiedB": 0.171,
            "passages": [
              {
                "words": 13, "a": {"paragraph": 6, "start": 0, "end": 69},
                "b": {"paragraph": 6, "start": 1, "end": 70}
              }
            ]
          },
          {
            "a": {"id": "talks-in-karst"}, "b": {"id": "envoy-lands"}, "copiedA": 0, "copiedB": 0, "passages": []
          }
        ]
        """
}
