// SPDX-License-Identifier: Apache-2.0

/// What English words tell about the names beside them.
struct WordFlags: OptionSet, Sendable {
    let rawValue: UInt32

    /// Articles, pronouns, prepositions, conjunctions and other words that begin sentences: with a capital, they are no
    /// first names.
    static let function = WordFlags(rawValue: 1 << 0)
    /// Stands before a name: `Mr`, `President`, `spokesman`.
    static let title = WordFlags(rawValue: 1 << 1)
    /// Stands before a name and tells nothing else about its bearer: `Mr`.
    static let honorific = WordFlags(rawValue: 1 << 2)
    /// May stand for the person who holds it: `the President`.
    static let office = WordFlags(rawValue: 1 << 3)
    /// Part of many a title: `foreign`, `deputy`, `national`.
    static let titleModifier = WordFlags(rawValue: 1 << 4)
    /// Makes an office another, lower one: `deputy`, `vice`.
    static let rank = WordFlags(rawValue: 1 << 5)
    /// Means that nobody in particular, or not the present holder, is meant: `a`, `former`, `next`.
    static let indefinite = WordFlags(rawValue: 1 << 6)
    /// What people and governments do and stones do not: `said`, `accused`, `seeks`.
    static let acting = WordFlags(rawValue: 1 << 7)
    static let auxiliary = WordFlags(rawValue: 1 << 8)
    /// A place follows: `in`, `near`.
    static let locative = WordFlags(rawValue: 1 << 9)
    /// A partner or opponent follows: `with`, `against`, `between`.
    static let relation = WordFlags(rawValue: 1 << 10)
    /// Going somewhere: `visit`, `travelled`, `arrival`.
    static let travel = WordFlags(rawValue: 1 << 11)
    /// What a country has as a piece of land: `territory`, `coast`.
    static let territory = WordFlags(rawValue: 1 << 12)
    /// What a city has as a town: `airport`, `streets`.
    static let townNoun = WordFlags(rawValue: 1 << 13)
    /// What is passed between governments: `response`, `message`, `pressure`.
    static let exchange = WordFlags(rawValue: 1 << 14)
    /// Days and months.
    static let calendar = WordFlags(rawValue: 1 << 15)
    /// Ends a longer name: `University`, `Times`, `Street`.
    static let nameEnd = WordFlags(rawValue: 1 << 16)
    /// Begins a longer name of a place: `New`, `South`, `San`.
    static let nameStart = WordFlags(rawValue: 1 << 17)
    /// Other common words that stand with a capital in headlines and at the start of sentences.
    static let common = WordFlags(rawValue: 1 << 18)
    /// A part of a family name that has no capital: `von`, `al`.
    static let particle = WordFlags(rawValue: 1 << 19)
    /// What a government has: `officials`, `government`.
    static let governmentNoun = WordFlags(rawValue: 1 << 20)
}

enum EnglishWords {
    /// Each list with what its words tell.
    static let lists: [(WordFlags, String)] = [
        (
            .function,
            """
            the a an this that these those he she it they we i you his her its their our my your him them us me who whom
            whose which what when where why how and or but nor so yet if unless until while as than though although because
            since before after during in on at to from by with without within of for about against between among through
            over under above below into onto upon toward towards near across behind beyond despite except like via per not
            no yes all both each every either neither some any many much more most few several such other another same own
            there here now then today yesterday tomorrow earlier later also too very just only even still again once ever
            never perhaps maybe however meanwhile moreover furthermore nevertheless nonetheless therefore thus hence
            instead indeed besides additionally similarly likewise otherwise finally firstly secondly lastly first second
            third last next previously recently currently soon already almost nearly about around amid amidst along
            following according given despite regarding concerning including
            """
        ),
        (
            .auxiliary,
            "is was are were be been has have had will would could can may might must should shall does did do"
        ),
        (.honorific, "mr mrs ms miss dr sir madam madame lord lady professor prof mister messrs mme m"),
        (
            .title,
            """
            mr mrs ms miss dr sir madam madame lord lady professor prof mister messrs president premier chancellor minister
            secretary ambassador envoy spokesman spokeswoman spokesperson advisor coordinator counselor councillor senator
            governor mayor king queen prince princess emperor empress pope sultan emir sheikh shah general admiral colonel
            major captain lieutenant sergeant commander marshal brigadier judge justice rabbi imam bishop cardinal
            archbishop father sister brother reverend saint speaker chairman chairwoman chairperson chair director
            commissioner representative congressman congresswoman deputy delegate diplomat negotiator leader chief head
            boss founder executive ceo official officer analyst economist expert scholar researcher journalist reporter
            activist lawyer attorney author writer historian candidate counterpart colleague mp mep sen rep gov gen lt col
            capt adm maj sgt pres amb lawmaker legislator parliamentarian politician nominee strongman dictator dissident
            businessman businesswoman businessperson citizen national resident student teacher scientist engineer banker
            magnate tycoon billionaire entrepreneur actor actress singer consul attache commissar taoiseach
            comrade presenter professor undersecretary vice-president wife husband son daughter mother brother
            monsignor ayatollah chairperson treasurer registrar ombudsman rapporteur commodore
            """
        ),
        (
            .office,
            """
            president premier chancellor minister secretary ambassador envoy spokesman spokeswoman spokesperson advisor
            coordinator counselor senator governor mayor king queen prince princess emperor pope sultan emir general
            admiral colonel commander marshal speaker chairman chairwoman chairperson chair director commissioner
            representative diplomat negotiator leader undersecretary consul attache ombudsman rapporteur chief founder
            """
        ),
        (
            .titleModifier,
            """
            foreign prime vice deputy assistant under acting interim state national security defense defence interior home
            trade commerce finance economic economy treasury energy environment climate health education justice labor
            agriculture transport transportation industry technology digital science culture tourism development
            international external internal public general attorney special senior top chief principal permanent executive
            presidential royal crown federal central military naval army navy air force political affairs policy
            intelligence communications press media information veterans housing planning budget supreme joint staff
            european commission council parliament parliamentary congressional house senate majority minority shadow
            high highest-ranking leading veteran longtime long-time outgoing incoming newly elected appointed former
            fisheries maritime nuclear arms peace human rights migration immigration refugee indo pacific regional global
            white bilateral cabinet party ruling opposition communist leader lead managing co group bank
            """
        ),
        (.rank, "vice deputy assistant under shadow former ex acting interim associate sub"),
        (
            .indefinite,
            "a an any every each no another first second third next future former previous late then ex new some either one "
                + "last only youngest oldest successive would-be past any"
        ),
        (
            .acting,
            """
            said says say told tells tell accused accuses accuse warned warns warn stressed stresses urged urges urge
            called calls asked asks demanded demands demand insisted insists announced announces declared declares denied
            denies deny confirmed confirms stated states expressed expresses emphasized emphasizes emphasised highlighted
            noted notes added adds argued argues claimed claims condemned condemns criticized criticizes criticised rejected
            rejects reject refused refuses refuse accepted accepts agreed agrees agree offered offers proposed proposes
            promised promises pledged pledges vowed vows threatened threatens imposed imposes lifted lifts banned bans
            sanctioned retaliated responded responds replied replies reacted reacts seeks sought seek wants wanted want
            hopes hoped hope expects expected fears feared believes believed considers considered sees saw views viewed
            regards regarded supports supported backs backed opposes opposed sent sends summoned summons expelled recalled
            withdrew withdraws signed signs joined joins invited invites hosted hosts suspended suspends resumed resumes
            cut cuts severed raised raises dismissed dismisses decided decides tried tries plans planned intends intended
            remains remained maintains maintained continues continued appears appeared seems seemed needs needed faces faced
            holds held keeps kept gives gave takes took made makes put puts set sets let lets protested protests complained
            lodged welcomed welcomes praised praises blamed blames acknowledged acknowledges conceded signaled signalled
            signals indicated indicates suggested suggests described describes defended defends reiterated reiterates
            affirmed affirms reaffirmed recognizes recognized recognised pressed presses pushed pushes lobbied framed
            downplayed downplays conveyed underscored underlined outlined advocated clarified characterized explained
            thinks thought knows knew understands prefers preferred aims aimed
            """
        ),
        (.locative, "in at near around outside inside throughout within across above over off via through into onto"),
        (.relation, "with against between by on toward towards among upon than for"),
        (
            .travel,
            """
            visit visits visited visiting trip trips travel travels traveled travelled traveling travelling journey
            journeyed fly flies flew flown flight flights arrive arrives arrived arriving arrival return returns returned
            returning go goes going went gone come came head heads headed heading leave leaves left leaving depart departs
            departed departing departure departures land lands landed landing reach reached stop stops stopped stopover
            tour toured delegation move moved back home stay stayed live lived lives residents born
            """
        ),
        (
            .territory,
            "territory soil mainland coast coasts coastline border borders airspace waters shores land homeland island "
                + "islands province provinces city cities port ports town north south east west"
        ),
        (
            .townNoun,
            """
            airport airports street streets suburb suburbs district districts hotel hotels resident residents mayor skyline
            outskirts subway metro museum museums square university weather smog traffic neighborhood neighborhoods
            neighbourhood downtown capital city center marathon olympics station restaurant restaurants palace zoo river venue
            conference summit
            """
        ),
        (
            .exchange,
            """
            response responses reaction reactions message messages criticism statement statements assurances assurance
            pressure demand demands support signal signals warning warnings threat threats concession concessions offer
            offers proposal proposals overture overtures request requests invitation reply answer apology anger protest
            protests objections condemnation rebuke help aid loans letter word words permission approval pushback
            """
        ),
        (
            .governmentNoun,
            """
            officials official government governments policymakers administration authorities leadership leaders diplomats
            negotiators regime side interests policy policies position stance demands demand claims claim accusations
            response reaction concerns concern foreign ministry decision approach ambitions intentions views view position
            allies ally relationship relations ties embassy envoy ambassador military army sanctions tariffs
            """
        ),
        (
            .calendar,
            """
            monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
            september october november december jan feb mar apr jun jul aug sept sep oct nov dec spring summer autumn winter
            morning afternoon evening night week weekend month year
            """
        ),
        (
            .nameEnd,
            """
            foundation institute institution university college school academy center street avenue road boulevard lane
            square airport station hospital hotel prize award tower towers library museum theater theatre stadium park
            bridge times post daily tribune herald journal gazette news weekly globe mail telegraph guardian
            airlines airways bank inc corp corporation company co ltd llc group holdings partners fc cup
            church cathedral temple accord accords doctrine act treaty protocol agreement river lake mountain mountains
            island islands bay gulf sea ocean strait peninsula desert valley
            """
        ),
        (
            .nameStart,
            "new north south east west northwest northeast southwest southeast port fort mount lake cape saint st san santa "
                + "santo los las el la le equatorial papua bank air radio voice"
        ),
        (.particle, "van von der den de del della di da dos das do la le bin ibn ben al el ul ur ter ten zu"),
        (
            .common,
            """
            why will can must do does did meets meet met visits visit talks talk says say seeks seek wants want calls call
            trip tour summit meeting deal pact new old big good great high low long short young white black brown green
            gray grey rich poor strong hard cold hot war peace trade power house home world news report press state states
            official officials government minister president leader leaders people country countries nation nations region
            city capital border army military police court law bill vote election party member group team plan policy
            crisis conflict tension tensions relations ties communication cooperation competition development security
            defense defence economy market price prices bank money oil gas energy climate change rights human foreign
            national international global regional local public private social political economic diplomatic senior top
            chief deputy key main major final full open close free fair clear right wrong left early late recent current
            former present past future next last time times day days week month year years hour end start begin
            beginning continue continued stop go come get give take make let see look hear speak think know need help work
            play run read write show tell ask answer question questions issue issues problem problems concern concerns
            effort efforts aim aims goal goals hope hopes fear fears view views opinion analysis update breaking exclusive
            rise fall push pull set put hold keep bring send build break cut raise face turn return despite speaking
            arriving visiting asked being having both another addressing citing noting among welcome thank thanks dear
            sunday bush rice gates park moon ban price major king page pope bishop cook smith baker carter mason potter
            church wood woods stone hill hills field fields lake rivers banks brooks lane street west east north south
            mark frank grant rob bob will jack rose may april june august chase hope grace joy faith gene dean earl duke
            art drew miles rich sandy dale glen ray sue pat penny ruby ivy olive holly lily heather violet daisy iris
            committee commission conference council secretariat ministerial parliament parliamentary government
            governmental international organization organizations association federation republican democratic democrat
            communist socialist conservative liberal independent agreement statement relationship partnership diplomacy
            """
        ),
    ]

    /// Spellings that are one word: the second is read as the first.
    static let spellings: [(String, [String])] = [
        ("advisor", ["adviser"]), ("defense", ["defence"]), ("center", ["centre"]),
        ("organization", ["organisation"]), ("labor", ["labour"]), ("spokesperson", ["spokesman", "spokeswoman"]),
        ("chairperson", ["chairman", "chairwoman", "chair"]), ("counselor", ["counsellor"]),
        ("program", ["programme"]), ("harbor", ["harbour"]), ("theater", ["theatre"]),
    ]

    /// Countries whose people's family names come first in English too, by id; for the others see `familyNames`.
    static let familyFirstCountries: Set<String> = [
        "china", "taiwan", "south-korea", "north-korea", "vietnam", "hong-kong", "macau", "cambodia",
    ]

    /// Common Chinese, Korean and Vietnamese family names, which tell the order of a name where no alias and no country
    /// does.
    static let familyNames: Set<String> = Set(
        """
        wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin guo ma luo liang song zheng xie han tang feng
        yu dong xiao cheng cao yuan deng fu shen zeng peng lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian
        ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng wan duan qian yin
        qiao lai gong wen xi kim lee park choi jung cho yoon jang lim moon nguyen tran pham hoang phan vu vo dang bui ngo
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
