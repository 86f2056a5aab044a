// SPDX-License-Identifier: Apache-2.0

extension EnvoyVisit {
    static let issues = """
        [
          {
            "id": "trade", "name": "Trade", "aliases": ["Commerce"], "summary": "What the two sell each other.",
            "broader": null, "positions": [],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["trade"]}]
          },
          {
            "id": "tariffs", "name": "Tariffs", "aliases": [], "summary": "Duties at the border.",
            "broader": {"id": "trade"}, "positions": [],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 5, "anchors": ["taxed"]}]
          },
          {
            "id": "salt-tariff", "name": "Salt tariff", "aliases": ["Salt tax"], "summary": "The duty on sea salt.",
            "broader": {"id": "tariffs"},
            "positions": [
              {
                "party": {"id": "belmora"}, "gist": "It keeps the duty.",
                "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 5, "anchors": ["since", "2028"]}]
              },
              {
                "party": {"id": "arvenia"}, "gist": "It sends an envoy against it.",
                "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 1, "anchors": ["salt", "envoy"]}]
              }
            ],
            "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 3, "anchors": ["Salt"]}]
          },
          {
            "id": "teal-island-dispute", "name": "Teal Island", "aliases": [], "summary": "Whose the island is.",
            "broader": null,
            "positions": [
              {
                "party": {"id": "arvenia"}, "gist": "The island is its own.",
                "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 2, "anchors": ["claim"]}]
              }
            ],
            "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 3, "anchors": ["Island"]}]
          },
          {
            "id": "detentions", "name": "Detentions", "aliases": [], "summary": "Citizens whom the other side holds.",
            "broader": null, "positions": [],
            "evidence": [{"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["held"]}]
          }
        ]
        """

    static let events = """
        [
          {
            "id": "envoy-visit", "title": "Visit of the envoy", "summary": "Talvane travels to Belmora.",
            "kind": "visit", "status": "ongoing",
            "date": {"edtf": "2031-04-12/2031-04-14", "basis": "stated", "note": null},
            "place": {"id": "belmora"}, "partOf": null,
            "participants": [
              {"person": {"id": "mira-talvane"}, "role": "visitor"}, {"person": {"id": "oskar-brandt"}, "role": "host"}
            ],
            "organizations": [{"id": "arvenia"}, {"id": "belmora"}], "issues": [{"id": "trade"}],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 2, "anchors": ["ferry"], "status": "ongoing"},
              {"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["Sunday"], "status": null}
            ]
          },
          {
            "id": "karst-meeting", "title": "Talks at Harbour House", "summary": "Three hours on salt and the island.",
            "kind": "meeting", "status": "occurred",
            "date": {"edtf": "2031-04-13", "basis": "inferred", "note": "The Sunday after the landing."},
            "place": {"id": "harbour-house"}, "partOf": {"id": "envoy-visit"},
            "participants": [
              {"person": {"id": "oskar-brandt"}, "role": "host"}, {"person": {"id": "mira-talvane"}, "role": "visitor"}
            ],
            "organizations": [], "issues": [{"id": "salt-tariff"}, {"id": "teal-island-dispute"}],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 3, "anchors": ["meet"], "status": "scheduled"},
              {"article": {"id": "talks-in-karst"}, "paragraph": 2, "anchors": ["received"], "status": "occurred"},
              {"article": {"id": "talks-in-karst"}, "paragraph": 3, "anchors": ["first", "second"], "status": "occurred"}
            ]
          },
          {
            "id": "karst-dinner", "title": "Dinner in Karst", "summary": "Fish for three.", "kind": "activity",
            "status": "occurred",
            "date": {"edtf": "2031-04-13", "basis": "inferred", "note": "The evening of the talks."},
            "place": {"id": "karst"}, "partOf": {"id": "envoy-visit"},
            "participants": [
              {"person": {"id": "mira-talvane"}, "role": "participant"},
              {"person": {"id": "oskar-brandt"}, "role": "host"},
              {"person": {"id": "renee-ostrava"}, "role": "participant"}
            ],
            "organizations": [], "issues": [],
            "evidence": [
              {"article": {"id": "talks-in-karst"}, "paragraph": 4, "anchors": ["dinner"], "status": "occurred"}
            ]
          },
          {
            "id": "envoy-call", "title": "Telephone call before the visit", "summary": "They fix the day.",
            "kind": "call", "status": "occurred",
            "date": {"edtf": "2031-04-02", "basis": "background", "note": "The ministry's diary has the day."},
            "place": null, "partOf": null,
            "participants": [
              {"person": {"id": "mira-talvane"}, "role": "caller"}, {"person": {"id": "oskar-brandt"}, "role": "callee"}
            ],
            "organizations": [{"id": "arvenian-trade-ministry"}], "issues": [{"id": "trade"}],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 4, "anchors": ["telephone"], "status": "occurred"}
            ]
          },
          {
            "id": "salt-duty", "title": "Duty on salt", "summary": "Belmora taxes what comes by sea.",
            "kind": "policy", "status": "ongoing", "date": {"edtf": "2028/..", "basis": "stated", "note": null},
            "place": null, "partOf": null, "participants": [], "organizations": [{"id": "belmora"}],
            "issues": [{"id": "salt-tariff"}],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 5, "anchors": ["taxed", "2028"], "status": "ongoing"}
            ]
          },
          {
            "id": "freighter-stopped", "title": "Freighter stopped", "summary": "A ship of Quill Freight is boarded.",
            "kind": "incident", "status": "occurred", "date": {"edtf": "2031-02", "basis": "inferred", "note": null},
            "place": {"id": "amber-sea"}, "partOf": null,
            "participants": [{"person": {"id": "tobias-quill"}, "role": "subject"}],
            "organizations": [{"id": "quill-freight"}], "issues": [{"id": "detentions"}],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["stopped"], "status": "occurred"}
            ]
          },
          {
            "id": "quill-held", "title": "Tobias Quill in custody", "summary": "The owner is held without charge.",
            "kind": "incident", "status": null, "date": {"edtf": "2031-02/", "basis": "inferred", "note": null},
            "place": null, "partOf": {"id": "freighter-stopped"},
            "participants": [{"person": {"id": "tobias-quill"}, "role": "subject"}], "organizations": [],
            "issues": [{"id": "detentions"}],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 6, "anchors": ["held"]},
              {"article": {"id": "notes-from-teal-island"}, "paragraph": 5, "anchors": ["charged"]}
            ]
          },
          {
            "id": "league-summit", "title": "Summit of the Amber League", "summary": "Leaders may gather.",
            "kind": "summit", "status": "possible", "date": {"edtf": "2031-11~", "basis": "stated", "note": null},
            "place": {"id": "port-lindal"}, "partOf": null, "participants": [],
            "organizations": [{"id": "amber-league"}], "issues": [],
            "evidence": [
              {"article": {"id": "envoy-lands"}, "paragraph": 7, "anchors": ["gather"], "status": "possible"}
            ]
          },
          {
            "id": "return-visit", "title": "Return visit", "summary": "Brandt is asked to Port Lindal.",
            "kind": "visit", "status": null, "date": null, "place": {"id": "port-lindal"}, "partOf": null,
            "participants": [{"person": {"id": "oskar-brandt"}, "role": "invitee"}], "organizations": [],
            "issues": [],
            "evidence": [{"article": {"id": "talks-in-karst"}, "paragraph": 6, "anchors": ["asked"]}]
          },
          {
            "id": "ferry-festival", "title": "Festival of the ferry", "summary": "The islanders celebrate their boat.",
            "kind": "activity", "status": "expected", "date": {"edtf": "2031-22", "basis": "stated", "note": null},
            "place": {"id": "teal-island"}, "partOf": null,
            "participants": [{"person": {"id": "renee-ostrava"}, "role": "host"}], "organizations": [], "issues": [],
            "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 3, "anchors": ["festival"], "status": "expected"}]
          },
          {
            "id": "league-founded", "title": "Founding of the Amber League", "summary": "The countries join.",
            "kind": "agreement", "status": "occurred", "date": {"edtf": "199X", "basis": "stated", "note": null},
            "place": null, "partOf": null, "participants": [], "organizations": [{"id": "amber-league"}],
            "issues": [],
            "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 4, "anchors": ["founded"], "status": "occurred"}]
          },
          {
            "id": "fishing-rules", "title": "Old fishing rules", "summary": "Who may fish where.", "kind": "policy",
            "status": null, "date": {"edtf": "../2030", "basis": "stated", "note": null}, "place": {"id": "amber-sea"},
            "partOf": null, "participants": [], "organizations": [{"id": "amber-league"}], "issues": [],
            "evidence": [{"article": {"id": "notes-from-teal-island"}, "paragraph": 4, "anchors": ["fishing"]}]
          },
          {
            "id": "island-patrols", "title": "Patrols around Teal Island", "summary": "Belmoran boats circle.",
            "kind": "engagement", "status": "occurred",
            "date": {"edtf": "/2031-03", "basis": "stated", "note": null}, "place": {"id": "teal-island"},
            "partOf": null, "participants": [], "organizations": [{"id": "belmora"}],
            "issues": [{"id": "teal-island-dispute"}],
            "evidence": [
              {"article": {"id": "talks-in-karst"}, "paragraph": 5, "anchors": ["patrols"], "status": "occurred"}
            ]
          }
        ]
        """
}
