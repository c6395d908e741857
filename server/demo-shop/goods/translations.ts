/** What a good or a category is called elsewhere. */
export interface DemoTranslation {
  readonly title: string;
  readonly description: string;
}

type Translated = Readonly<Record<string, Readonly<Record<string, DemoTranslation>>>>;

/** The demo shop's goods in other languages, by handle and locale: the newest, which stand on the first page. What has none stays English. */
export const TRANSLATED_GOODS: Translated = {
  'river-paper-lantern': {
    de: t(
      'Flusspapier-Laterne',
      'Maulbeerpapier wird auf eine Spirale aus gespaltenem Bambus gestrichen und spannt sich über Nacht. Gefaltet ist sie so flach wie ein Teller, geöffnet gibt sie um jede LED-Birne ein weiches, rundes Licht. Nicht im Regen und nicht über offenem Feuer aufhängen. Ein Riss lässt sich mit Reiskleister und einem Stück desselben Papiers flicken; beides liegt bei.',
    ),
    ar: t(
      'فانوس من ورق النهر',
      'يُفرش ورق التوت على لولب من الخيزران المشقوق ويُترك ليشتدّ طوال الليل. مطويًّا يكون مسطّحًا كالطبق، ومفتوحًا ينشر ضوءًا ناعمًا حول أي مصباح LED. علّقه بعيدًا عن المطر والنار. ويُرمَّم الشقّ بمعجون الأرز وقطعة من الورق نفسه، وكلاهما في العلبة.',
    ),
  },
  'snake-plant': {
    de: t(
      'Bogenhanf',
      'Aufrechte, gebänderte Blätter, die alle drei Wochen etwas Wasser wollen und im Januar gar nichts. Er verträgt einen dunklen Flur, trockene Heizungsluft und dass man ihn im Urlaub vergisst. Wir topfen ihn in körnige Erde, denn nasse Füße sind das Einzige, was er nicht aushält. Den Topf ab und zu drehen, damit er gerade wächst.',
    ),
    ar: t(
      'نبتة الثعبان',
      'أوراق منتصبة مخطّطة تطلب الماء مرّة كل ثلاثة أسابيع، ولا تطلب شيئًا في يناير. تحتمل الممرّ المعتم وهواء التدفئة الجاف والنسيان في العطلات. نزرعها في تربة خشنة لأنّ الجذور المبتلّة هي الشيء الوحيد الذي لا تطيقه. أدِر الأصيص من حين لآخر كي تنمو مستقيمة.',
    ),
  },
  'brimmed-felt-hat': {
    de: t(
      'Filzhut mit Krempe',
      'Wollfilz, im Dampf über einen Holzkopf gezogen, mit sieben Zentimetern Krempe gegen Sonne und Regen. Das Band ist gebunden, nicht geklebt, und lässt sich wechseln. Wenn es sein muss, reist er flach im Koffer und erholt sich über dem Wasserkessel. Mit dem Strich bürsten und nie auf der Hutablage im Auto liegen lassen.',
    ),
    ar: t(
      'قبّعة لبّاد بحافة',
      'لبّاد من الصوف يُشكَّل بالبخار على رأس خشبي، بحافة عرضها سبعة سنتيمترات تقي من الشمس والمطر معًا. الشريط معقود لا ملصوق، ويمكن تبديله. تُحزم مسطّحة عند الحاجة وتستعيد شكلها فوق بخار الإبريق. تُفرَش باتجاه الوبر، ولا تُترك خلف زجاج السيارة.',
    ),
  },
  'cloth-journal': {
    de: t(
      'Notizbuch in Leinen',
      'A5, 192 Seiten aus 100-Gramm-Papier, auf dem Tinte nicht durchschlägt. In zwölf Lagen geheftet und am Rücken gerundet, liegt es vom ersten Tag an flach. Leinen über Pappe, ein Band, ein Gummi und vorn ein Register für alle, die ihre Seiten nummerieren. Drei Straßen von unserem Laden gebunden.',
    ),
    ar: t(
      'دفتر مجلّد بالقماش',
      'قياس A5 ومئة واثنتان وتسعون صفحة من ورق متين لا ينفذ منه الحبر. مخيط في اثنتي عشرة ملزمة ومدوّر الكعب، فينبسط من يومه الأول. قماش على كرتون، وشريط، ومطّاط، وفهرس في أوّله لمن يرقّم صفحاته. جُلّد على بعد ثلاثة شوارع من متجرنا.',
    ),
  },
  'counter-stool': {
    de: t(
      'Tresenhocker',
      'Gemacht für die lange Stunde, in der einer kocht und ein anderer erzählt. Eine gebogene Fußstütze aus Stahl sitzt dort, wo Füße eine suchen, und Filz unter den Beinen schont den Boden. 65 Zentimeter für die Küchentheke, 75 für die Bar. Die Verbindungen sind hartgelötet, der Sitz aus Holz löst sich mit vier Schrauben.',
    ),
    ar: t(
      'كرسي عالٍ للمطبخ',
      'صُنع للساعة الطويلة التي يطبخ فيها أحدهم ويتحدّث آخر. مسند للقدم من الفولاذ المثني في المكان الذي تبحث عنه القدمان، ولبّاد تحت الأرجل يحمي الأرض. اختر خمسة وستين سنتيمترًا لطاولة المطبخ أو خمسة وسبعين للبار. الوصلات ملحومة، والمقعد الخشبي يُفكّ بأربعة براغٍ.',
    ),
  },
  'clip-top-jar': {
    de: t(
      'Bügelglas',
      'Dickes Pressglas mit gewölbtem Deckel, Drahtbügel und rotem Gummiring: der Verschluss, dem Großmütter ihre Pflaumen anvertrauten. Es hält Motten vom Getreide fern und bleibt im Wasserbad dicht. Die Hirse auf dem Bild behalten wir. Ein zweites Paar Ringe liegt bei; vor dem Einmachen drei Minuten auskochen.',
    ),
  },
  'workshop-soap': {
    de: t(
      'Werkstattseife',
      'Für alle, die mit Kettenöl, Ton oder Roter Bete an den Händen hereinkommen. Gemahlener Bims schrubbt, Kiefernteer oder Nelke duftet, und Lanolin sorgt dafür, dass nicht die Haut dafür zahlt. Sie hängt an einem Seil am Wasserhahn. Fürs Gesicht zu grob.',
    ),
  },
  'bentwood-chair': {
    de: t(
      'Bugholzstuhl fürs Café',
      'Buchenstäbe werden eine Stunde gedämpft und in weniger als einer Minute um eine Eisenform gebogen, bevor sie abkühlen. Zehn Schrauben halten den ganzen Stuhl; nach dem ersten Winter nachziehen. Der Sitz ist aus Rohr geflochten und mag ab und zu von unten einen feuchten Schwamm. Zum Fegen hängt man ihn an die Tischkante.',
    ),
  },
  'storm-lantern': {
    de: t(
      'Sturmlaterne',
      'Kalte Luft wird durch die seitlichen Rohre zur Flamme gezogen, und so brennt sie ruhig in einem Wind, der jede Kerze ausbläst. Eine Füllung Lampenöl reicht etwa zwanzig Stunden. Das Glas hebt sich mit einem Hebel zum Anzünden und Kürzen. Ein Ersatzdocht ist am Henkel befestigt; Ersatzgläser gibt es auf Anfrage.',
    ),
  },
  espadrilles: {
    de: t(
      'Espadrilles',
      'Die Sohlen sind aus Jute geflochten, gepresst und von Hand von Seite zu Seite durchgenäht; eine dünne Schicht Gummi hält sie von nassem Stein fern. Eng kaufen, denn Baumwolle gibt in einer Woche eine halbe Größe nach. Sie trocknen schlecht, also bei Regen in der Hand tragen. Ein Sommer ist ein ehrliches Leben, zwei sind gute Pflege.',
    ),
  },
};

export const TRANSLATED_CATEGORIES: Translated = {
  kitchen: {
    de: t(
      'Küche und Tisch',
      'Tassen, Schalen, Töpfe und Messer, die noch am selben Tag gespült und wieder benutzt werden.',
    ),
    ar: t('المطبخ والمائدة', 'فناجين وأوعية وأباريق وسكاكين تُغسل وتُستعمل من جديد في اليوم نفسه.'),
  },
  pantry: {
    de: t('Vorrat', 'Gewürze, Kaffee und Dinge im Glas, gepackt in der Woche, in der sie verschickt werden.'),
    ar: t('المؤونة', 'توابل وقهوة وأشياء في مرطبانات، تُعبّأ في أسبوع إرسالها.'),
  },
  rooms: {
    de: t('Möbel und Licht', 'Stühle zum Sitzen, Lampen zum Lesen und daneben etwas Grünes.'),
    ar: t('الأثاث والإنارة', 'كراسٍ للجلوس ومصابيح للقراءة وشيء أخضر إلى جانبها.'),
  },
  woven: {
    de: t('Gewebtes', 'Teppiche, Decken und Körbe vom Webstuhl und aus dem Weidenbeet.'),
    ar: t('المنسوجات', 'سجّاد وأغطية وسلال من النول ومن حقول الصفصاف.'),
  },
  clothing: {
    de: t('Kleidung', 'Schlichte Kleider aus gutem Stoff, mit Knöpfen, die dranbleiben.'),
    ar: t('الملابس', 'ملابس بسيطة من قماش جيّد وأزرار لا تسقط.'),
  },
  outdoors: {
    de: t('Unterwegs', 'Taschen und Klingeln für Leute zu Fuß und auf dem Rad.'),
    ar: t('في الطريق', 'حقائب وأجراس للمشاة وراكبي الدراجات.'),
  },
  bath: {
    de: t('Seife und Kerzen', 'Kleine Annehmlichkeiten, von Hand geschnitten und gegossen.'),
    ar: t('الصابون والشموع', 'متع صغيرة تُقطَّع وتُصَبّ باليد.'),
  },
  study: {
    de: t('Lesen und Hören', 'Bücher, Papier, Radios und Kopfhörer für stille Stunden.'),
    ar: t('القراءة والاستماع', 'كتب وورق ومذياعات وسمّاعات لساعات هادئة.'),
  },
  lanterns: {
    de: t('Laternen', 'Licht zum Tragen, Aufhängen oder für die Stufe vor der Tür.'),
    ar: t('الفوانيس', 'ضوء يُحمل أو يُعلّق أو يوضع على العتبة.'),
  },
  plants: {
    de: t('Pflanzen', 'Bewurzelt, getopft und an die Wohnung gewöhnt.'),
    ar: t('النباتات', 'متجذّرة في أصصها ومعتادة على العيش في البيت.'),
  },
  stools: { de: t('Hocker', 'Ein Sitz, eine Stufe oder ein Nachttisch.') },
  chairs: { de: t('Stühle', 'Ohne Schrauben gefügt, wo das Holz es erlaubt.') },
  lamps: { de: t('Lampen', 'Für Schreibtisch, Esstisch, Ecke und Decke.') },
};

function t(title: string, description: string): DemoTranslation {
  return { title, description };
}
